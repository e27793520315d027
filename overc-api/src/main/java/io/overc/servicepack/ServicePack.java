package io.overc.servicepack;

import io.overc.error.NotFoundException;
import io.overc.error.VerificationException;
import io.overc.exec.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a service pack says of itself: a directory with {@code bin/query}, {@code bin/build}
 * and {@code bin/run}, and {@code bin/client}, {@code bin/backup}, {@code bin/extra} where it has
 * them. Every question was asked once, when the pack was opened. Immutable.
 */
public final class ServicePack {
  private final Path directory;
  private final String os;
  private final List<String> secrets;
  private final List<PackVariable> environment;
  private final List<Port> ports;
  private final List<String> components;

  private ServicePack(Path directory, PackAnswers answers) {
    this.directory = directory;
    answers.checkVersion();
    this.os = answers.os();
    this.secrets = answers.secrets();
    this.environment = answers.environment();
    this.ports = answers.ports();
    this.components = answers.components();
  }

  /**
   * Opens a pack by running its {@code bin/query} on this machine.
   *
   * @param directory the directory of the pack
   * @return the pack
   * @throws NotFoundException if there is no pack
   * @throws VerificationException if a script may not be executed or an answer is none
   * @throws io.overc.exec.CommandTimeoutException if an answer does not come in time
   */
  public static ServicePack open(Path directory) {
    return open(directory, PackQuery.onHost(CommandRunner.system(), PackQuery.DEFAULT_TIMEOUT));
  }

  /**
   * Opens a pack.
   *
   * @param directory the directory of the pack
   * @param query asks its {@code bin/query}
   * @return the pack
   * @throws NotFoundException if there is no pack
   * @throws VerificationException if a script may not be executed or an answer is none
   * @throws io.overc.exec.CommandTimeoutException if an answer does not come in time
   */
  public static ServicePack open(Path directory, PackQuery query) {
    for (PackScript script : PackScript.values()) {
      check(directory, script);
    }
    return new ServicePack(
        directory,
        new PackAnswers(directory.toString(), question -> query.ask(directory, question)));
  }

  /** {@return the directory of the pack} */
  public Path directory() {
    return directory;
  }

  /** {@return the name of the pack, that of its directory} */
  public String name() {
    return Optional.ofNullable(directory.toAbsolutePath().normalize().getFileName())
        .map(Path::toString)
        .orElse("/");
  }

  /**
   * {@return the operating system that {@code bin/build} expects, for example {@code ubuntu/22.04}}
   */
  public String os() {
    return os;
  }

  /**
   * {@return the secrets that an instance needs: names of environment variables, in the order of
   * the pack}
   */
  public List<String> secrets() {
    return secrets;
  }

  /** {@return the variables that users of the service need to know, in the order of the pack} */
  public List<PackVariable> environment() {
    return environment;
  }

  /** {@return the ports that the service listens on, in the order of the pack} */
  public List<Port> ports() {
    return ports;
  }

  /**
   * {@return the names of the components that run in containers of their own, in the order in which
   * they are started; empty for a service that is one}
   */
  public List<String> components() {
    return components;
  }

  /**
   * {@return whether the pack has a script}
   *
   * @param script the script
   */
  public boolean has(PackScript script) {
    return Files.exists(directory.resolve(script.path()));
  }

  /** {@return where the pack is and for which system} */
  @Override
  public String toString() {
    return "service pack " + directory + " for " + os;
  }

  private static void check(Path directory, PackScript script) {
    Path file = directory.resolve(script.path());
    if (!Files.isDirectory(directory)) {
      throw new NotFoundException(
          "There is no service pack " + directory + ": it is not a directory");
    }
    if (!Files.isRegularFile(file) && script.required()) {
      throw new NotFoundException(
          "There is no service pack %s: it has no %s".formatted(directory, script.path()));
    }
    if (Files.exists(file) && !Files.isExecutable(file)) {
      throw new VerificationException(
          "The service pack %s cannot be used: %s may not be executed; do 'chmod +x %s'"
              .formatted(directory, script.path(), file));
    }
  }
}
