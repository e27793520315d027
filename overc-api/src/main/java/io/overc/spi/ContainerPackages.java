package io.overc.spi;

import io.overc.error.RefusedException;
import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Knows how the package managers in containers refresh their lists, find what is newer and upgrade;
 * backends run the commands. A repository that cannot be read is an error, where by default some
 * would pass over it and find nothing newer.
 */
public enum ContainerPackages {
  /** Of Debian and Ubuntu. */
  APT,
  /** Of Fedora and Red Hat. */
  DNF,
  /** Of SUSE. */
  ZYPPER,
  /** Of Alpine. */
  APK,
  /** Of older Wind River and OverC systems. */
  SMART;

  private static final String STRICT = "--setopt=skip_if_unavailable=False";

  /** What {@code dnf check-update} returns where there is something; 0 where there is nothing. */
  private static final int DNF_NEWER = 100;

  /** A script of a package that fails after its files are in place: dnf returns 0 for that. */
  private static final Pattern SCRIPT_FAILED =
      Pattern.compile("scriptlet failed, exit status|Error in \\S+ scriptlet in rpm package");

  /** Done, but: 102 a reboot is suggested, 103 zypper itself was upgraded (zypper(8)). */
  private static final Set<Integer> ZYPPER_DONE = Set.of(102, 103);

  /** What {@code smart newer} returns where there is nothing. */
  private static final int SMART_NOTHING = 2;

  /**
   * Finds the package manager of a container.
   *
   * @param configured its id; empty for the first one that is there
   * @param container its name, for the message
   * @param present tells whether the {@link #program} of one is in the container
   * @return the package manager
   * @throws RefusedException if there is none, or none of that id
   */
  public static ContainerPackages of(
      Optional<String> configured, String container, Predicate<ContainerPackages> present) {
    return Arrays.stream(values())
        .filter(one -> configured.map(one.id()::equals).orElseGet(() -> present.test(one)))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot upgrade packages in %s: %s; set template.NAME.package-manager to one of %s"
                        .formatted(
                            container,
                            configured
                                .map(other -> "'" + other + "' is no package manager known here")
                                .orElse("no package manager was found in it"),
                            Arrays.stream(values())
                                .map(ContainerPackages::id)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Returns how the configuration names it.
   *
   * @return the id
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what tells that it is in a container.
   *
   * @return the name of a program
   */
  public String program() {
    return this == APT ? "apt-get" : id();
  }

  /**
   * Returns what refreshes its lists.
   *
   * @return program and arguments
   */
  public List<String> refresh() {
    return switch (this) {
      case APT -> List.of("apt-get", "--quiet", "--option=APT::Update::Error-Mode=any", "update");
      case DNF -> List.of("dnf", STRICT, "--assumeyes", "--refresh", "makecache");
      case ZYPPER -> List.of("zypper", "--non-interactive", "refresh");
      case APK -> List.of("apk", "update");
      case SMART -> List.of("smart", "--quiet", "update");
    };
  }

  /**
   * Returns what lists what is newer, for {@link #newer}.
   *
   * @return program and arguments
   */
  public List<String> check() {
    return switch (this) {
      case APT -> List.of("apt-get", "--quiet", "--simulate", "dist-upgrade");
      case DNF -> List.of("dnf", STRICT, "--quiet", "check-update");
      case ZYPPER ->
          List.of("zypper", "--non-interactive", "--no-refresh", "--xmlout", "list-updates");
      case APK -> List.of("apk", "version", "-l", "<");
      case SMART -> List.of("smart", "--quiet", "newer");
    };
  }

  /**
   * Returns what upgrades everything without asking.
   *
   * @return program and arguments
   */
  public List<String> upgrade() {
    return switch (this) {
      case APT ->
          List.of(
              "apt-get",
              "--quiet",
              "--assume-yes",
              "--option=Dpkg::Options::=--force-confdef",
              "--option=Dpkg::Options::=--force-confold",
              "dist-upgrade");
      case DNF -> List.of("dnf", STRICT, "--assumeyes", "upgrade");
      case ZYPPER ->
          List.of(
              "zypper",
              "--non-interactive",
              "--no-refresh",
              "update",
              "--auto-agree-with-licenses");
      case APK -> List.of("apk", "upgrade");
      case SMART -> List.of("smart", "--quiet", "upgrade", "--yes");
    };
  }

  /**
   * Tells whether anything is newer.
   *
   * @param result of {@link #check}
   * @param container its name, for the message
   * @return whether anything is
   * @throws CommandFailedException if the check failed
   */
  public boolean newer(CommandResult result, String container) {
    String attempt = "look for newer packages in " + container;
    return switch (this) {
      case APT -> require(result, attempt).lines().anyMatch(line -> line.startsWith("Inst "));
      case DNF -> result.exitCode() == DNF_NEWER || !require(result, attempt).succeeded();
      case ZYPPER -> require(result, attempt).stdout().contains("<update ");
      case APK -> require(result, attempt).lines().anyMatch(line -> line.contains(" < "));
      case SMART -> result.exitCode() != SMART_NOTHING && require(result, attempt).succeeded();
    };
  }

  /**
   * Throws if a call failed, by the rules of the package manager.
   *
   * @param result what came of it
   * @param attempt what was attempted, for the message
   * @return the same
   * @throws CommandFailedException if it failed
   */
  public CommandResult require(CommandResult result, String attempt) {
    if (this == ZYPPER && ZYPPER_DONE.contains(result.exitCode())) {
      return result;
    }
    result.orThrow(attempt);
    String output = result.stdout() + result.stderr();
    if (this == DNF && SCRIPT_FAILED.matcher(output).find()) {
      throw new CommandFailedException(attempt, result);
    }
    return result;
  }
}
