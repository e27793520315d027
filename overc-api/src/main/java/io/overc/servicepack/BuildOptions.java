package io.overc.servicepack;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how an image is built or set up.
 *
 * <p>Defaults: an image that was built before from the same is not built again, all secrets are
 * generated, no backup, no log. Immutable, thread-safe.
 */
public final class BuildOptions {
  private static final BuildOptions DEFAULTS = builder().build();

  private final boolean force;
  private final Secrets secrets;
  private final SecretSource secretSource;
  private final Optional<Path> backup;
  private final Optional<Path> log;

  private BuildOptions(Builder builder) {
    this.force = builder.force;
    this.secrets = builder.secrets;
    this.secretSource = builder.secretSource;
    this.backup = Optional.ofNullable(builder.backup);
    this.log = Optional.ofNullable(builder.log);
  }

  /** {@return the options of a plain build} */
  public static BuildOptions defaults() {
    return DEFAULTS;
  }

  /** {@return a new builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a new builder with these options} */
  public Builder toBuilder() {
    Builder builder = builder().force(force).secrets(secrets).secretSource(secretSource);
    backup.ifPresent(builder::backup);
    log.ifPresent(builder::log);
    return builder;
  }

  /** {@return whether to build although the same was built before} */
  public boolean force() {
    return force;
  }

  /** {@return the secrets that the caller chose} */
  public Secrets secrets() {
    return secrets;
  }

  /** {@return what knows the other secrets; one that it does not know either is generated} */
  public SecretSource secretSource() {
    return secretSource;
  }

  /**
   * {@return the backup to start from, a file that {@code bin/backup} of another instance wrote}
   */
  public Optional<Path> backup() {
    return backup;
  }

  /** {@return the file to which everything that the build prints is appended, without secrets} */
  public Optional<Path> log() {
    return log;
  }

  /** {@return the options for people, of secrets only the names} */
  @Override
  public String toString() {
    return "BuildOptions[force=%s, secrets=%s, backup=%s, log=%s]"
        .formatted(force, secrets, backup, log);
  }

  /** Builds {@link BuildOptions}. Not thread-safe. */
  public static final class Builder {
    private boolean force;
    private Secrets secrets = Secrets.none();
    private SecretSource secretSource = SecretSource.generated();
    private @Nullable Path backup;
    private @Nullable Path log;

    private Builder() {}

    /**
     * Sets whether to build although the same was built before.
     *
     * @param value whether to
     * @return this
     */
    public Builder force(boolean value) {
      force = value;
      return this;
    }

    /**
     * Chooses secrets.
     *
     * @param value the secrets; those that the pack does not ask for are refused
     * @return this
     */
    public Builder secrets(Secrets value) {
      secrets = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets what knows the secrets that are not chosen.
     *
     * @param value the source
     * @return this
     */
    public Builder secretSource(SecretSource value) {
      secretSource = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Starts from a backup; the variable {@code BACKUP} tells {@code bin/build} where it finds a
     * copy.
     *
     * @param file a file that {@code bin/backup} of another instance wrote
     * @return this
     */
    public Builder backup(Path file) {
      backup = Objects.requireNonNull(file);
      return this;
    }

    /**
     * Keeps everything that the build prints, without secrets.
     *
     * @param file appended to; created if it is not there, readable for its owner only
     * @return this
     */
    public Builder log(Path file) {
      log = Objects.requireNonNull(file);
      return this;
    }

    /** {@return the new options} */
    public BuildOptions build() {
      return new BuildOptions(this);
    }
  }
}
