package io.overc.host;

import java.util.Objects;

/**
 * How a host is upgraded.
 *
 * <pre>{@code
 * UpgradeOptions.builder().reboot(true).pending(PendingPolicy.REPLACE).build()
 * }</pre>
 *
 * <p>Defaults: not forced, a failed root is removed, no reboot, refused while something is pending.
 * Immutable, thread-safe.
 */
public final class UpgradeOptions {
  private static final UpgradeOptions DEFAULTS = builder().build();

  private final boolean force;
  private final boolean keepFailed;
  private final boolean reboot;
  private final PendingPolicy pending;

  private UpgradeOptions(Builder builder) {
    this.force = builder.force;
    this.keepFailed = builder.keepFailed;
    this.reboot = builder.reboot;
    this.pending = builder.pending;
  }

  /** What an upgrade does while an upgrade or a rollback is pending. */
  public enum PendingPolicy {
    /** Refuse. */
    REFUSE,
    /** Upgrade the pending root further. */
    CONTINUE,
    /** Drop the pending root, for good, and upgrade the running one. */
    REPLACE
  }

  /** {@return the defaults, always the same object} */
  public static UpgradeOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a new builder with these options} */
  public Builder toBuilder() {
    return builder().force(force).keepFailed(keepFailed).reboot(reboot).pending(pending);
  }

  /** {@return whether a new root is made and switched to although no package is newer} */
  public boolean force() {
    return force;
  }

  /** {@return whether the new root is kept for examination when the package manager fails} */
  public boolean keepFailed() {
    return keepFailed;
  }

  /** {@return whether the machine is rebooted after an upgrade that succeeded} */
  public boolean reboot() {
    return reboot;
  }

  /** {@return what is done if an upgrade or a rollback is pending already} */
  public PendingPolicy pending() {
    return pending;
  }

  @Override
  public String toString() {
    return "UpgradeOptions[force=%s, keepFailed=%s, reboot=%s, pending=%s]"
        .formatted(force, keepFailed, reboot, pending);
  }

  /** Builds {@link UpgradeOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean force;
    private boolean keepFailed;
    private boolean reboot;
    private PendingPolicy pending = PendingPolicy.REFUSE;

    private Builder() {}

    /**
     * Sets whether to make and switch to a new root although no package is newer.
     *
     * @param value whether to
     * @return this
     */
    public Builder force(boolean value) {
      force = value;
      return this;
    }

    /**
     * Sets whether to keep the new root for examination when the package manager fails.
     *
     * @param value whether to
     * @return this
     */
    public Builder keepFailed(boolean value) {
      keepFailed = value;
      return this;
    }

    /**
     * Sets whether to reboot the machine after an upgrade that succeeded.
     *
     * @param value whether to
     * @return this
     */
    public Builder reboot(boolean value) {
      reboot = value;
      return this;
    }

    /**
     * Sets what to do if an upgrade or a rollback is pending already.
     *
     * @param value the policy
     * @return this
     */
    public Builder pending(PendingPolicy value) {
      pending = Objects.requireNonNull(value);
      return this;
    }

    /** {@return the new options} */
    public UpgradeOptions build() {
      return new UpgradeOptions(this);
    }
  }
}
