package io.overc.btrfs.packages;

import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The package manager of Debian and Ubuntu, through {@code apt-get}. */
final class Apt extends PackageManager {
  /** {@code Inst NAME [OLD] (NEW ORIGIN [ARCH])}; a package that comes in anew has no OLD. */
  private static final Pattern INST =
      Pattern.compile("Inst (\\S+) (?:\\[(\\S+)] )?\\((\\S+) .*\\).*");

  Apt(Setup setup) {
    super(setup);
  }

  @Override
  public String name() {
    return "apt";
  }

  @Override
  protected String tool() {
    return "apt-get";
  }

  @Override
  protected List<String> databases() {
    return List.of("var/lib/dpkg");
  }

  @Override
  protected List<String> locate(Path root) {
    throw new IllegalStateException("apt has no installroot option");
  }

  /** A source that cannot be reached is an error: apt-get would only warn and return 0. */
  @Override
  public void refresh(Root root, Consumer<String> lines) {
    call(root, lines, "-q", "-o", "APT::Update::Error-Mode=any", "update")
        .orThrow(attempt("update the lists", root));
  }

  @Override
  public List<PackageChange> newer(Root root) {
    return call(root, quiet(), "-q", "-s", "dist-upgrade")
        .orThrow(attempt("look for newer packages", root))
        .lines()
        .map(INST::matcher)
        .filter(Matcher::matches)
        .map(m -> new PackageChange(m.group(1), Optional.ofNullable(m.group(2)), m.group(3)))
        .toList();
  }

  @Override
  public void upgrade(Root root, Consumer<String> lines) {
    call(
            root,
            lines,
            "-q",
            "-y",
            "-o",
            "Dpkg::Options::=--force-confdef",
            "-o",
            "Dpkg::Options::=--force-confold",
            "dist-upgrade")
        .orThrow(attempt("upgrade the packages", root));
  }
}
