package io.overc.btrfs.packages;

import io.overc.exec.CommandFailedException;
import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The package manager of Fedora, Red Hat and Yocto's rpm images; dnf 4 and 5. */
final class Dnf extends PackageManager {
  private static final String FORMAT = "%{name}.%{arch}|%{evr}\n";

  /** A repository that cannot be reached is an error: Debian's dnf would pass over it. */
  private static final String STRICT = "--setopt=skip_if_unavailable=False";

  /** A script of a package that fails after its files are in place: dnf returns 0 for that. */
  private static final Pattern SCRIPT_FAILED =
      Pattern.compile("scriptlet failed, exit status|Error in \\S+ scriptlet in rpm package");

  Dnf(Setup setup) {
    super(setup);
  }

  @Override
  public String name() {
    return "dnf";
  }

  @Override
  protected String tool() {
    return "dnf";
  }

  @Override
  protected List<String> locate(Path root) {
    return List.of("--installroot=" + root);
  }

  @Override
  public void refresh(Root root, Consumer<String> lines) {
    call(root, lines, STRICT, "-y", "--refresh", "makecache")
        .orThrow(attempt("update the lists", root));
  }

  @Override
  public List<PackageChange> newer(Root root) {
    Map<String, String> available = new HashMap<>();
    query(root, "--upgrades", "--latest-limit=1").forEach(p -> available.put(p[0], p[1]));
    if (available.isEmpty()) {
      return List.of();
    }
    Map<String, String> installed = new HashMap<>();
    query(root, "--installed").forEach(p -> installed.put(p[0], p[1]));
    return available.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            e ->
                new PackageChange(
                    e.getKey(), Optional.ofNullable(installed.get(e.getKey())), e.getValue()))
        .toList();
  }

  @Override
  public void upgrade(Root root, Consumer<String> lines) {
    CommandResult result = call(root, lines, STRICT, "-y", "upgrade");
    String attempt = attempt("upgrade the packages", root);
    result.orThrow(attempt);
    if (SCRIPT_FAILED.matcher(result.stdout() + result.stderr()).find()) {
      throw new CommandFailedException(attempt, result);
    }
  }

  /** Returns name.arch and version of each package; dnf 5 prints no line ends of its own. */
  private Stream<String[]> query(Root root, String... which) {
    String[] arguments =
        Stream.concat(
                Stream.of(STRICT, "-q", "repoquery"),
                Stream.concat(Stream.of(which), Stream.of("--queryformat", FORMAT)))
            .toArray(String[]::new);
    return call(root, quiet(), arguments)
        .orThrow(attempt("look for newer packages", root))
        .lines()
        .map(line -> line.split("\\|", 2))
        .filter(parts -> parts.length == 2);
  }
}
