package io.overc.internal.compare;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.internal.compare.Visitor.Mask;
import io.overc.testkit.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real overlay, mounted until it is closed. */
final class OverlayView implements AutoCloseable {
  private final Path at;

  private OverlayView(Path at) {
    this.at = at;
  }

  /** Mounts what a comparison promises to be the directory as it was. */
  static OverlayView mount(Path work, Path upper, Map<Path, Mask> masks, List<Path> sources)
      throws IOException {
    Path mask = Files.createDirectory(work.resolve("mask"));
    for (Map.Entry<Path, Mask> each : masks.entrySet()) {
      Path path = mask.resolve(each.getKey());
      if (each.getValue() == Mask.WHITEOUT) {
        Path parent = path.getParent();
        Files.createDirectories(parent == null ? mask : parent);
        Nodes.whiteout(path);
      } else {
        Files.createDirectories(path);
        Nodes.attribute(path, "trusted.overlay.opaque", (byte) 'y');
      }
    }
    Path at = Files.createDirectory(work.resolve("view"));
    String lowers =
        Stream.concat(Stream.of(mask), sources.stream())
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    // Without volatile, each unmount would wait for all that this machine has to write.
    String options =
        "volatile,lowerdir="
            + lowers
            + ",upperdir="
            + upper
            + ",workdir="
            + Files.createDirectory(work.resolve("work"));
    run("mount", "-t", "overlay", "overlay", "-o", options, at.toString());
    return new OverlayView(at);
  }

  Path at() {
    return at;
  }

  @Override
  public void close() {
    run("umount", at.toString());
  }

  static void run(String... arguments) {
    CommandRunner.system()
        .run(Command.of(List.of(arguments)).build())
        .orThrow("run " + String.join(" ", arguments));
  }
}
