package io.overc.lxc.share;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.internal.linux.Printable;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Refuses layers of which the kernel or LXC would not make the overlay that is meant. */
final class LayerCheck {
  /** File systems in memory, or made up by the kernel. */
  private static final Set<String> VOLATILE =
      Set.of("proc", "sysfs", "devtmpfs", "tmpfs", "ramfs", "devpts", "cgroup", "cgroup2");

  private LayerCheck() {}

  /** Tells whether a directory is there without a symbolic link on the way. */
  static boolean isPlain(Path root, String directory) {
    Path here = root;
    for (Path part : Path.of(directory.substring(1))) {
      here = here.resolve(part);
      if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  static void upper(String container, Path root, String directory) {
    Path upper = root.resolve(directory.substring(1));
    if (!Files.exists(upper)) {
      throw new NotFoundException(
          "There is no %s in %s; name a directory that it has".formatted(directory, container));
    }
    if (!isPlain(root, directory)) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share %s of %s: it, or a directory above it, is a symbolic link or not a directory"
              .formatted(directory, container),
          Remedy.other("name the directory itself"));
    }
  }

  static void layers(SharingArea area, Planned one, Layout layout) {
    String directory = one.what().directory();
    if (one.sources().isEmpty()) {
      throw new NotFoundException(
          "No source has a directory %s (%s); name a source that has it"
              .formatted(directory, String.join(", ", one.what().sources())));
    }
    if (!Disk.sameFileSystem(area.container(), one.upper())) {
      throw new RefusedException(
          "Cannot share %s: it is on another file system than %s, where its work directory has to be"
              .formatted(directory, area.container()));
    }
    for (Path source : one.sources()) {
      source(area, directory, source);
    }
    length(one.mount(layout), one);
  }

  private static void source(SharingArea area, String directory, Path source) {
    if (area.container().startsWith(source) || source.startsWith(area.container())) {
      throw new RefusedException(
          "Cannot share %s with %s: the one holds the other, so the container would be a layer of itself"
              .formatted(directory, source));
    }
    String type = type(source);
    if (VOLATILE.contains(type)) {
      throw new RefusedException(
          "Cannot share %s with %s: that is a %s, which does not outlive the next boot"
              .formatted(directory, source, type));
    }
    requireOption(source);
    requireOption(area.container());
  }

  private static void requireOption(Path path) {
    String text = path.toString();
    if (OverlayMount.fitsNoOption(text) || text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share with %s: mount options cannot say a comma, a double quote or a control character in the path of a layer"
              .formatted(Printable.line(text)),
          Remedy.other("rename the directory"));
    }
  }

  private static void length(OverlayMount mount, Planned one) {
    int length = mount.length();
    if (length > OverlayMount.LONGEST_OPTIONS) {
      List<String> sources = one.what().sources();
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share %s with %d sources: the mount options would have %d bytes, and the kernel takes %d"
              .formatted(
                  one.what().directory(), sources.size(), length, OverlayMount.LONGEST_OPTIONS),
          Remedy.other(
              "name fewer sources, or move the containers to a directory with a shorter path"));
    }
  }

  private static String type(Path source) {
    try {
      return Files.getFileStore(source).type();
    } catch (IOException e) {
      throw Disk.failed("find out on what " + source + " is", e);
    }
  }
}
