package io.overc.internal.packages;

import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The Smart package manager of older Wind River and OverC systems; no distribution has it now. */
final class Smart extends PackageManager {
  private static final String NOT_INSTALLED = "(not installed)";

  // What smart newer returns when there is nothing.
  private static final int NOTHING = 2;

  Smart() {
    super("smart", "smart");
  }

  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.of(List.of("--option=rpm-root=" + root));
  }

  @Override
  List<String> databases() {
    return RPM_DATABASES;
  }

  @Override
  List<String> refresh() {
    return List.of("--quiet", "update");
  }

  @Override
  boolean queryFailed(CommandResult result) {
    return !result.succeeded() && result.exitCode() != NOTHING;
  }

  // Reads the table of smart newer: name, installed version, newer version, channel, size, divided
  // by bars; a version may be followed by its architecture.
  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    return ask.apply(List.of("--quiet", "newer"))
        .lines()
        .map(line -> line.split("\\|", -1))
        .filter(columns -> columns.length >= 3 && !columns[0].startsWith("Package Name"))
        .map(columns -> Stream.of(columns).map(String::strip).toArray(String[]::new))
        .map(columns -> new PackageChange(columns[0], installed(columns[1]), version(columns[2])))
        .toList();
  }

  @Override
  List<String> upgrade() {
    return List.of("--quiet", "upgrade", "--yes");
  }

  private static Optional<String> installed(String column) {
    return column.startsWith(NOT_INSTALLED) ? Optional.empty() : Optional.of(version(column));
  }

  private static String version(String column) {
    return column.split("\\s+", 2)[0];
  }
}
