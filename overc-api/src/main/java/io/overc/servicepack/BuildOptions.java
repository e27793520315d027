package io.overc.servicepack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Says how an image is built or set up.
 *
 * @param force whether to build although the same was built before
 * @param supplied secrets the caller chose
 * @param source knows other secrets; what it does not know either is generated
 * @param backup a file that {@code bin/backup} of another instance wrote, to start from; the
 *     variable {@code BACKUP} tells {@code bin/build} where it finds a copy
 * @param log a file to which everything the build prints is appended, without secrets
 */
public record BuildOptions(
    boolean force,
    Secrets supplied,
    SecretSource source,
    Optional<Path> backup,
    Optional<Path> log) {

  /**
   * Returns the options of a plain build.
   *
   * @return not forced, all secrets generated, no backup, no log
   */
  public static BuildOptions defaults() {
    return new BuildOptions(
        false, Secrets.none(), SecretSource.generated(), Optional.empty(), Optional.empty());
  }

  /**
   * Returns the same options, but building anew.
   *
   * @return the new options
   */
  public BuildOptions withForce() {
    return new BuildOptions(true, supplied, source, backup, log);
  }

  /**
   * Returns the same options with secrets the caller chose.
   *
   * @param secrets the secrets; those the pack does not ask for are refused
   * @return the new options
   */
  public BuildOptions withSecrets(Secrets secrets) {
    return new BuildOptions(force, secrets, source, backup, log);
  }

  /**
   * Returns the same options with a source of secrets.
   *
   * @param secrets the source
   * @return the new options
   */
  public BuildOptions withSource(SecretSource secrets) {
    return new BuildOptions(force, supplied, secrets, backup, log);
  }

  /**
   * Returns the same options with a backup to start from.
   *
   * @param file the file
   * @return the new options
   */
  public BuildOptions withBackup(Path file) {
    return new BuildOptions(force, supplied, source, Optional.of(file), log);
  }

  /**
   * Returns the same options with a log.
   *
   * @param file created if it is not there, readable for its owner only
   * @return the new options
   */
  public BuildOptions withLog(Path file) {
    return new BuildOptions(force, supplied, source, backup, Optional.of(file));
  }
}
