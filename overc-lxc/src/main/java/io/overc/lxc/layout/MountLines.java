package io.overc.lxc.layout;

import io.overc.internal.file.LosslessText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds and changes the overlays in the text of a container's config; every other line stays. */
public final class MountLines {
  private MountLines() {}

  /** Returns every overlay that a config mounts, those that somebody else wrote too. */
  public static List<OverlayMount> all(String config) {
    return LosslessText.lines(config).stream()
        .map(OverlayMount::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  public static List<OverlayMount> shared(String config) {
    return all(config).stream().filter(MountLines::isShared).toList();
  }

  public static String withoutShared(String config) {
    return text(
        LosslessText.lines(config).stream()
            .filter(line -> OverlayMount.parse(line).filter(MountLines::isShared).isEmpty())
            .toList());
  }

  /** Returns a line after its container moved; empty if it is no overlay of a shared directory. */
  public static Optional<String> moved(String line, Path from, Path to) {
    return OverlayMount.parse(line)
        .filter(MountLines::isShared)
        .map(mount -> mount.moved(from, to).line());
  }

  /** Returns a config in which overlays, known by their upper layers, are replaced or added. */
  public static String with(String config, Collection<OverlayMount> mounts) {
    List<Path> uppers = mounts.stream().map(OverlayMount::upper).toList();
    List<String> lines = new ArrayList<>(LosslessText.lines(without(config, uppers)));
    mounts.forEach(mount -> lines.add(mount.line()));
    return text(lines);
  }

  /** Returns a config without the overlays that have certain upper layers. */
  public static String without(String config, Collection<Path> uppers) {
    return text(
        LosslessText.lines(config).stream()
            .filter(
                line ->
                    OverlayMount.parse(line)
                        .filter(m -> isShared(m) && uppers.contains(m.upper()))
                        .isEmpty())
            .toList());
  }

  /** The work directory of a shared directory is {@code sharing/N/work}. */
  private static boolean isShared(OverlayMount mount) {
    return Layout.numberOf(mount.work()).isPresent();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
