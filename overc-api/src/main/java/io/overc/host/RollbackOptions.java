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

  /**
   * Returns the defaults.
   *
   * @return always the same object
   */
  public static RollbackOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Begins with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins with these options.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return builder().reboot(reboot);
  }

  /**
   * Tells whether the machine is rebooted after a rollback that succeeded.
   *
   * @return whether it is
   */
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

    /**
     * Makes the options.
     *
     * @return the options
     */
    public RollbackOptions build() {
      return new RollbackOptions(this);
    }
  }
}
