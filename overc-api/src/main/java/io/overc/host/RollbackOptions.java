package io.overc.host;

/**
 * How a host is rolled back.
 *
 * <p>Default: no reboot. Immutable, thread-safe.
 */
public final class RollbackOptions {
  private static final RollbackOptions DEFAULTS = builder().build();

  private final boolean reboot;

  private RollbackOptions(Builder builder) {
    this.reboot = builder.reboot;
  }

  /** {@return the defaults, always the same object} */
  public static RollbackOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a new builder with these options} */
  public Builder toBuilder() {
    return builder().reboot(reboot);
  }

  /** {@return whether the machine is rebooted after a rollback that succeeded} */
  public boolean reboot() {
    return reboot;
  }

  @Override
  public String toString() {
    return "RollbackOptions[reboot=" + reboot + "]";
  }

  /** Builds {@link RollbackOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean reboot;

    private Builder() {}

    /**
     * Sets whether to reboot the machine after a rollback that succeeded.
     *
     * @param value whether to
     * @return this
     */
    public Builder reboot(boolean value) {
      reboot = value;
      return this;
    }

    /** {@return the new options} */
    public RollbackOptions build() {
      return new RollbackOptions(this);
    }
  }
}
