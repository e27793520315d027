package io.overc.lxc.container;

import io.overc.internal.file.LosslessText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a container's root is made of: the value of {@code lxc.rootfs.path}.
 *
 * @param kind how it is backed
 * @param directory where the container writes: the directory, the subvolume, or the upper directory
 *     of an overlay
 * @param lowers what an overlay lies on, top first; else empty
 */
public record RootFs(Kind kind, Path directory, List<Path> lowers) {

  public enum Kind {
    DIRECTORY,
    /** An upper directory on lower ones, merged by LXC. */
    OVERLAY,
    BTRFS,
    /** Anything else, which only its own tools can copy. */
    OTHER
  }

  public RootFs {
    lowers = List.copyOf(lowers);
  }

  /** Reads a value; {@code overlayfs:} is how LXC 1 spelled {@code overlay:}. */
  static RootFs parse(String value) {
    try {
      return read(value);
    } catch (InvalidPathException e) {
      // One damaged config must not stop the work on other containers.
      return new RootFs(Kind.OTHER, Path.of("(no path)"), List.of());
    }
  }

  private static RootFs read(String value) {
    if (value.startsWith("/")) {
      return new RootFs(Kind.DIRECTORY, LosslessText.path(value), List.of());
    }
    int colon = value.indexOf(':');
    String type = colon < 0 ? "" : value.substring(0, colon);
    String rest = value.substring(colon + 1);
    return switch (type) {
      case "dir" -> new RootFs(Kind.DIRECTORY, LosslessText.path(rest), List.of());
      case "btrfs" -> new RootFs(Kind.BTRFS, LosslessText.path(rest), List.of());
      case "overlay", "overlayfs" -> overlay(rest);
      default -> new RootFs(Kind.OTHER, LosslessText.path(rest), List.of());
    };
  }

  private static RootFs overlay(String rest) {
    List<Path> parts = new ArrayList<>();
    for (String part : rest.split(":", -1)) {
      parts.add(LosslessText.path(part));
    }
    if (parts.size() < 2) {
      return new RootFs(Kind.OTHER, LosslessText.path(rest), List.of());
    }
    Path upper = parts.remove(parts.size() - 1);
    return new RootFs(Kind.OVERLAY, upper, parts);
  }
}
