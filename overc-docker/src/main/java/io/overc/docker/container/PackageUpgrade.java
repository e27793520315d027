package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.exec.CommandResult;
import io.overc.spi.Mutations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Upgrades the packages inside a container that runs. */
final class PackageUpgrade {
  private static final List<Manager> MANAGERS =
      List.of(
          new Manager(
              "apt",
              "apt-get",
              List.of("apt-get", "update"),
              List.of("apt-get", "--simulate", "dist-upgrade"),
              result -> result.lines().anyMatch(line -> line.startsWith("Inst ")),
              List.of(
                  "apt-get", "--yes", "--option=Dpkg::Options::=--force-confold", "dist-upgrade")),
          new Manager(
              "dnf",
              "dnf",
              List.of("dnf", "--quiet", "makecache"),
              List.of("dnf", "--quiet", "check-update"),
              result -> result.exitCode() == 100,
              List.of("dnf", "--assumeyes", "upgrade")),
          new Manager(
              "zypper",
              "zypper",
              List.of("zypper", "--non-interactive", "refresh"),
              List.of("zypper", "--xmlout", "list-updates"),
              result -> result.stdout().contains("<update "),
              List.of("zypper", "--non-interactive", "update")),
          new Manager(
              "apk",
              "apk",
              List.of("apk", "update"),
              List.of("apk", "version", "-l", "<"),
              result -> result.lines().anyMatch(line -> line.contains(" < ")),
              List.of("apk", "upgrade")));

  private final Docker docker;
  private final Mutations mutations;
  private final Duration timeout;
  private final String container;
  private final Operation operation;

  PackageUpgrade(
      Docker docker, Mutations mutations, Duration timeout, String container, Operation operation) {
    this.docker = docker;
    this.mutations = mutations;
    this.timeout = timeout;
    this.container = container;
    this.operation = operation;
  }

  /**
   * Knows the commands of a package manager.
   *
   * @param id how the configuration names it
   * @param program what tells that it is there
   * @param refresh refreshes its lists
   * @param check lists what is newer
   * @param newer tells from that whether anything is
   * @param upgrade upgrades everything without asking
   */
  record Manager(
      String id,
      String program,
      List<String> refresh,
      List<String> check,
      Predicate<CommandResult> newer,
      List<String> upgrade) {}

  Manager manager(Optional<String> configured) {
    for (Manager manager : MANAGERS) {
      if (configured.isPresent() ? configured.get().equals(manager.id()) : has(manager)) {
        return manager;
      }
    }
    throw new RefusedException(
        "The container '%s' has no package manager that is known (%s); set template.NAME.package-manager"
            .formatted(container, MANAGERS.stream().map(Manager::id).toList()));
  }

  boolean anythingNewer(Manager manager) {
    operation.step("look for newer packages");
    exec(manager.refresh()).orThrow("refresh the package lists of " + container);
    CommandResult check = exec(manager.check());
    if (manager.newer().test(check)) {
      return true;
    }
    check.orThrow("look for newer packages in " + container);
    return false;
  }

  void upgrade(Manager manager) throws OvercException {
    operation.step("upgrade the packages");
    mutations.run(
        "upgrade packages",
        () -> exec(manager.upgrade()).orThrow("upgrade the packages of " + container));
  }

  private boolean has(Manager manager) {
    return exec(List.of("sh", "-c", "command -v \"$1\"", "sh", manager.program())).succeeded();
  }

  private CommandResult exec(List<String> program) {
    List<String> call = new ArrayList<>(List.of("exec", "--user", "0"));
    call.addAll(List.of("--env", "DEBIAN_FRONTEND=noninteractive", "--env", "LC_ALL=C", container));
    call.addAll(program);
    return docker.run(
        docker
            .call(call)
            .timeout(timeout)
            .lines(line -> operation.output(program.get(0), line))
            .build());
  }
}
