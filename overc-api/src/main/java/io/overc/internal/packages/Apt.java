package io.overc.internal.packages;

import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The package manager of Debian and Ubuntu, through {@code apt-get}: apt(8) says itself that only
 * its command line is stable.
 */
final class Apt extends PackageManager {
  // Inst NAME [OLD] (NEW ORIGIN [ARCH]); a package that comes in anew has no OLD. What follows the
  // name is optional here: a line that cannot be read further is still something newer.
  private static final Pattern INST =
      Pattern.compile("Inst (\\S+)(?: \\[(\\S+)])?(?: \\((\\S+))?.*");

  Apt() {
    super("apt", "apt-get");
  }

  // None: -o Dir= moves the files of apt only, and the scripts of packages would still change this
  // machine.
  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.empty();
  }

  @Override
  List<String> databases() {
    return List.of("var/lib/dpkg");
  }

  // Otherwise debconf(7) asks what it was not told before.
  @Override
  Map<String, String> environment() {
    return Map.of("DEBIAN_FRONTEND", "noninteractive");
  }

  // A source that cannot be reached is an error: apt-get would only warn and return 0.
  @Override
  List<String> refresh() {
    return List.of("--quiet", "--option=APT::Update::Error-Mode=any", "update");
  }

  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    return ask.apply(List.of("--quiet", "--simulate", "dist-upgrade"))
        .lines()
        .map(INST::matcher)
        .filter(Matcher::matches)
        .map(Apt::change)
        .toList();
  }

  private static PackageChange change(Matcher inst) {
    return new PackageChange(
        inst.group(1),
        Optional.ofNullable(inst.group(2)),
        Optional.ofNullable(inst.group(3)).orElse(""));
  }

  // Configuration files that were edited stay; the others become the new ones (dpkg(1)).
  @Override
  List<String> upgrade() {
    return List.of(
        "--quiet",
        "--assume-yes",
        "--option=Dpkg::Options::=--force-confdef",
        "--option=Dpkg::Options::=--force-confold",
        "dist-upgrade");
  }
}
