package io.overc.btrfs.packages;

import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The Smart package manager of older Wind River and OverC systems; no distribution has it now. */
final class Smart extends PackageManager {
  private static final String NOT_INSTALLED = "(not installed)";

  /** What {@code smart newer} returns when there is nothing. */
  private static final int NOTHING = 2;

  Smart(Setup setup) {
    super(setup);
  }

  @Override
  public String name() {
    return "smart";
  }

  @Override
  protected String tool() {
    return "smart";
  }

  @Override
  protected List<String> locate(Path root) {
    return List.of("--option=rpm-root=" + root);
  }

  @Override
  public void refresh(Root root, Consumer<String> lines) {
    call(root, lines, "--quiet", "update").orThrow(attempt("update the lists", root));
  }

  /**
   * Reads the table of {@code smart newer}: name, installed version, newer version, channel, size,
   * divided by bars; a version may be followed by its architecture.
   */
  @Override
  public List<PackageChange> newer(Root root) {
    CommandResult result = call(root, quiet(), "--quiet", "newer");
    if (result.exitCode() == NOTHING) {
      return List.of();
    }
    return result
        .orThrow(attempt("look for newer packages", root))
        .lines()
        .map(line -> line.split("\\|", -1))
        .filter(columns -> columns.length >= 3 && !columns[0].startsWith("Package Name"))
        .map(columns -> Stream.of(columns).map(String::strip).toArray(String[]::new))
        .map(columns -> new PackageChange(columns[0], installed(columns[1]), version(columns[2])))
        .toList();
  }

  @Override
  public void upgrade(Root root, Consumer<String> lines) {
    call(root, lines, "--quiet", "upgrade", "--yes").orThrow(attempt("upgrade the packages", root));
  }

  private static Optional<String> installed(String column) {
    return column.startsWith(NOT_INSTALLED) ? Optional.empty() : Optional.of(version(column));
  }

  private static String version(String column) {
    return column.split("\\s+", 2)[0];
  }
}
