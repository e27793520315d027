package io.overc.internal.packages;

import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The package manager of Arch Linux; rules from pacman(8), pacman.conf(5), alpm-hooks(5), and as
 * pacman 6.0.2 was seen to behave.
 *
 * <p>Arch supports no partial upgrades: whoever refreshes the lists of the running root only must
 * not install single packages there until it is upgraded.
 */
final class Pacman extends PackageManager {
  private static final Pattern NEWER = Pattern.compile("(\\S+) (\\S+) -> (\\S+)");

  // A query returns 1 where nothing is newer, but also for errors, and only warns of a repository
  // whose list was never fetched.
  private static final Pattern QUERY_FAILED =
      Pattern.compile("^error: |does not exist \\(use '-Sy' to download\\)", Pattern.MULTILINE);

  // A script of a package, or a hook after the transaction, that fails: pacman returns 0 for that.
  // Not just any error: that of a mirror after which the next one worked is none.
  private static final Pattern SCRIPT_FAILED =
      Pattern.compile("command failed to execute correctly|command terminated by signal");

  Pacman() {
    super("pacman", "pacman");
  }

  /** Not {@code --root}: that is for no system of its own, since scripts would see this machine. */
  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.of(List.of("--sysroot", root.toString()));
  }

  @Override
  List<String> databases() {
    return List.of("var/lib/pacman/local");
  }

  @Override
  List<String> refresh() {
    return List.of("-Sy", "--noconfirm", "--noprogressbar");
  }

  // Only versions count: a package that replaces another, or that others newly need, comes in with
  // an upgrade but is not told here. What IgnorePkg holds back is not upgraded, so left out.
  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    return ask.apply(List.of("-Qu"))
        .lines()
        .map(NEWER::matcher)
        .filter(Matcher::matches)
        .map(m -> new PackageChange(m.group(1), Optional.of(m.group(2)), m.group(3)))
        .toList();
  }

  @Override
  boolean queryFailed(CommandResult result) {
    boolean nothing = result.exitCode() == 1 && result.stdout().isBlank();
    return !(result.succeeded() || nothing) || QUERY_FAILED.matcher(result.stderr()).find();
  }

  // The lists once more (y): mirrors keep no older versions, and the new root then has just what
  // its lists say; it may bring more than was found newer before. No --disable-download-timeout:
  // pacman would wait for a mirror that stalls until our timeout ends it, instead of trying the
  // next one.
  @Override
  List<String> upgrade() {
    return List.of("-Syu", "--noconfirm", "--noprogressbar");
  }

  @Override
  boolean failed(CommandResult result) {
    return !result.succeeded() || SCRIPT_FAILED.matcher(result.stdout() + result.stderr()).find();
  }

  // A file that is there means locked; pacman that is killed leaves it, and snapshots copy it.
  @Override
  Optional<Path> lock() {
    return Optional.of(Path.of("var", "lib", "pacman", "db.lck"));
  }
}
