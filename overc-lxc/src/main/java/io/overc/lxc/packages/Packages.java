package io.overc.lxc.packages;

import io.overc.error.RefusedException;
import io.overc.exec.CommandResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Knows how a package manager refreshes its lists, finds what is newer, and upgrades.
 *
 * @param id how the configuration names it
 * @param program what tells that it is there
 * @param refresh refreshes the lists
 * @param check lists what is newer
 * @param found tells from the result of the check whether anything is
 * @param upgrade upgrades everything without asking
 */
record Packages(
    String id,
    String program,
    List<String> refresh,
    List<String> check,
    Predicate<CommandResult> found,
    List<String> upgrade) {

  private static final List<Packages> ALL =
      List.of(
          new Packages(
              "apt",
              "apt-get",
              // By default apt only warns of a repository that it cannot read.
              List.of("apt-get", "--quiet", "--option=APT::Update::Error-Mode=any", "update"),
              List.of("apt-get", "--quiet", "--simulate", "dist-upgrade"),
              result -> result.lines().anyMatch(line -> line.startsWith("Inst ")),
              List.of(
                  "apt-get",
                  "--quiet",
                  "--assume-yes",
                  "--option=Dpkg::Options::=--force-confold",
                  "dist-upgrade")),
          new Packages(
              "dnf",
              "dnf",
              List.of("dnf", "--quiet", "makecache"),
              List.of("dnf", "--quiet", "check-update"),
              result -> result.exitCode() == 100,
              List.of("dnf", "--assumeyes", "upgrade")),
          new Packages(
              "zypper",
              "zypper",
              List.of("zypper", "--non-interactive", "refresh"),
              List.of("zypper", "--non-interactive", "--xmlout", "list-updates"),
              result -> result.stdout().contains("<update "),
              List.of("zypper", "--non-interactive", "update")),
          new Packages(
              "apk",
              "apk",
              List.of("apk", "update"),
              List.of("apk", "version", "-l", "<"),
              result -> result.lines().anyMatch(line -> line.contains(" < ")),
              List.of("apk", "upgrade")),
          new Packages(
              "smart",
              "smart",
              List.of("smart", "update"),
              List.of("smart", "upgrade", "--dry-run"),
              result -> result.lines().anyMatch(line -> line.startsWith("Upgrading packages")),
              List.of("smart", "upgrade", "--yes")));

  /** Tells whether the check found anything newer. */
  boolean newer(CommandResult result) {
    boolean newer = found.test(result);
    if (!newer) {
      result.orThrow("look for newer packages");
    }
    return newer;
  }

  /** Returns the package manager of a container: as configured, else the one that is in it. */
  static Packages of(Optional<String> configured, List<Path> layers, String name) {
    return ALL.stream()
        .filter(manager -> configured.map(manager.id::equals).orElseGet(() -> manager.isIn(layers)))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot upgrade packages in %s: %s; set template.NAME.package-manager to one of apt, dnf, zypper, apk, smart"
                        .formatted(
                            name,
                            configured
                                .map(other -> "'" + other + "' is no package manager known here")
                                .orElse("no package manager was found in it"))));
  }

  private boolean isIn(List<Path> layers) {
    return layers.stream()
        .anyMatch(
            root ->
                Stream.of("usr/bin", "bin", "sbin", "usr/sbin")
                    .anyMatch(bin -> Files.isRegularFile(root.resolve(bin).resolve(program))));
  }
}
