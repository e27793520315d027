package io.overc.internal.packages;

import io.overc.exec.CommandResult;
import io.overc.host.PackageChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The package manager of Fedora, Red Hat and Yocto's rpm images; dnf 4 and 5. */
final class Dnf extends PackageManager {
  private static final String FORMAT = "%{name}.%{arch}|%{evr}\n";

  // A repository that cannot be reached is an error: Debian's dnf would pass over it.
  private static final String STRICT = "--setopt=skip_if_unavailable=False";

  // A script of a package that fails after its files are in place: dnf returns 0 for that.
  private static final Pattern SCRIPT_FAILED =
      Pattern.compile("scriptlet failed, exit status|Error in \\S+ scriptlet in rpm package");

  Dnf() {
    super("dnf", "dnf");
  }

  @Override
  public Optional<List<String>> locate(Path root) {
    return Optional.of(List.of("--installroot=" + root));
  }

  @Override
  List<String> databases() {
    return RPM_DATABASES;
  }

  @Override
  List<String> refresh() {
    return List.of(STRICT, "--assumeyes", "--refresh", "makecache");
  }

  // Two queries, the second only if the first finds something: check-update tells no installed
  // versions and breaks its lines at 80 columns.
  @Override
  List<PackageChange> newer(Function<List<String>, CommandResult> ask) {
    Map<String, String> available = query(ask, "--upgrades", "--latest-limit=1");
    if (available.isEmpty()) {
      return List.of();
    }
    Map<String, String> installed = query(ask, "--installed");
    return available.entrySet().stream()
        .map(
            e ->
                new PackageChange(
                    e.getKey(), Optional.ofNullable(installed.get(e.getKey())), e.getValue()))
        .toList();
  }

  // Returns the versions by name.arch; dnf 5 prints no line ends of its own.
  private static Map<String, String> query(
      Function<List<String>, CommandResult> ask, String... which) {
    List<String> arguments =
        Stream.of(
                Stream.of(STRICT, "--quiet", "repoquery"),
                Stream.of(which),
                Stream.of("--queryformat", FORMAT))
            .flatMap(part -> part)
            .toList();
    Map<String, String> versions = new TreeMap<>();
    ask.apply(arguments)
        .lines()
        .map(line -> line.split("\\|", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> versions.put(parts[0], parts[1]));
    return versions;
  }

  @Override
  List<String> upgrade() {
    return List.of(STRICT, "--assumeyes", "upgrade");
  }

  @Override
  boolean failed(CommandResult result) {
    return !result.succeeded() || SCRIPT_FAILED.matcher(result.stdout() + result.stderr()).find();
  }
}
