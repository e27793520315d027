package io.overc.lxc.container;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.internal.file.LosslessText;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.MountLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and rewrites the {@code config} of a container, line by line; immutable. */
public final class ContainerConfig {
  private static final Pattern TEMPLATE =
      Pattern.compile("#\\s*overc\\.template\\s*=\\s*(\\S+)\\s*");
  private static final Pattern ROOT =
      Pattern.compile("\\s*lxc\\.rootfs(?:\\.path)?\\s*=.*", Pattern.DOTALL);

  private final List<String> lines;

  private ContainerConfig(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Reads the text of a config, as {@link LosslessText} has it. */
  public static ContainerConfig parse(String text) {
    return new ContainerConfig(LosslessText.lines(text));
  }

  public static ContainerConfig of(Path directory) {
    Path file = directory.resolve("config");
    return parse(
        Disk.readLossless(file)
            .orElseThrow(
                () ->
                    new VerificationException("There is no " + file + ": it is not a container")));
  }

  public Optional<String> value(String key) {
    List<String> all = values(key);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  public List<String> values(String key) {
    Pattern pattern =
        Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** Returns what the root is made of; empty if nothing says so. */
  public Optional<RootFs> root() {
    return value("lxc.rootfs.path").or(() -> value("lxc.rootfs")).map(RootFs::parse);
  }

  /** Returns what the root is made of, which the config must say. */
  public RootFs requireRoot(String attempt) {
    return root()
        .orElseThrow(
            () ->
                new RefusedException(
                    Guard.UNSUPPORTED,
                    "Cannot " + attempt + ": its config has no lxc.rootfs.path",
                    Remedy.other("set it there")));
  }

  public Optional<String> template() {
    for (String line : lines) {
      if (line.startsWith("#")) {
        Matcher template = TEMPLATE.matcher(line);
        if (template.matches()) {
          return Optional.of(template.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the same settings with another root that shares nothing, from another template. A
   * subvolume stays one.
   */
  public ContainerConfig activated(String template, String name, Path root) {
    boolean btrfs = root().filter(before -> before.kind() == RootFs.Kind.BTRFS).isPresent();
    List<String> kept = new ArrayList<>();
    kept.add("# overc.template = " + template);
    for (String line : LosslessText.lines(MountLines.withoutShared(text()))) {
      if (!ROOT.matcher(line).matches() && !TEMPLATE.matcher(line).matches()) {
        kept.add(line);
      }
    }
    kept.add("lxc.rootfs.path = " + (btrfs ? "btrfs:" : "dir:") + LosslessText.of(root));
    if (values("lxc.uts.name").isEmpty()) {
      kept.add("lxc.uts.name = " + name);
    }
    return new ContainerConfig(kept);
  }

  /** Returns the same settings with a root in a plain directory. */
  public ContainerConfig inDirectory(Path root) {
    List<String> kept = new ArrayList<>(lines);
    kept.removeIf(line -> ROOT.matcher(line).matches());
    kept.add("lxc.rootfs.path = dir:" + LosslessText.of(root));
    return new ContainerConfig(kept);
  }

  /** Returns the same settings after the container's directory moved. */
  public ContainerConfig moved(Path from, Path to) {
    Pattern path = Pattern.compile(Pattern.quote(LosslessText.of(from)) + "(?=[/:\\s,]|$)");
    String target = Matcher.quoteReplacement(LosslessText.of(to));
    return new ContainerConfig(
        lines.stream()
            .map(
                line ->
                    MountLines.moved(line, from, to)
                        .orElseGet(() -> path.matcher(line).replaceAll(target)))
            .toList());
  }

  public String text() {
    return String.join("\n", lines) + "\n";
  }
}
