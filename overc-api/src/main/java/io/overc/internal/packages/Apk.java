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
 * The package manager of Alpine; apk-tools 2 and 3, rules from apk(8). {@code apk upgrade} returns
 * how many errors there were, scripts included.
 */
final class Apk extends PackageManager {
  // NAME-VERSION < NEW: a version begins with a digit and ends with its release.
  private static final Pattern NEWER =
      Pattern.compile("(\\S+?)-(\\d[^\\s-]*(?:-r\\d+)?)\\s+<\\s+(\\S+).*");

  // apk update returns how many repositories it could not refresh, or, of old, 0.
  private static final Pattern NOT_REFRESHED =
      Pattern.compile("^\\d+ unavailable, \\d+ stale;", Pattern.MULTILINE);

  Apk() {
    super("apk", "apk");
  }

  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.of(List.of("--root", root.toString()));
  }

  // Where /lib is a link into /usr, apk-tools 3 keeps it there.
  @Override
  List<String> databases() {
    return List.of("lib/apk/db", "usr/lib/apk/db");
  }

  @Override
  List<String> refresh() {
    return List.of("update");
  }

  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    return ask.apply(List.of("version", "-l", "<"))
        .lines()
        .map(NEWER::matcher)
        .filter(Matcher::matches)
        .map(m -> new PackageChange(m.group(1), Optional.of(m.group(2)), m.group(3)))
        .toList();
  }

  @Override
  List<String> upgrade() {
    return List.of("upgrade");
  }

  @Override
  boolean failed(CommandResult result) {
    return !result.succeeded() || NOT_REFRESHED.matcher(result.stdout()).find();
  }
}
