package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Opens directories, and finds which sources contribute to each by the rules of overlayfs. Not
 * thread-safe.
 */
final class Levels {
  private final Roots roots;
  private final Visitor visitor;
  private final Attributes attributes;
  private final Status status = new Status();
  private final NativeBuffer name = new NativeBuffer(2 * Comparison.LONGEST);

  Levels(Roots roots, Visitor visitor, Attributes attributes) {
    this.roots = roots;
    this.visitor = visitor;
    this.attributes = attributes;
  }

  /** Opens a directory; says what is wrong with it, and what must be masked as a whole. */
  Level open(Pending.Task task) throws IOException {
    long address = name.string(Roots.name(task.path()));
    Supplier<Path> what = () -> roots.at(task.path());
    Level level = new Level(task.path(), open(roots.directory(), address, what));
    try {
      Attributes.Mark mark = attributes.mark(Attributes.Handle.of(level.directory()), what);
      if (mark == Attributes.Mark.IMPURE) {
        level.markImpure();
      } else if (mark != Attributes.Mark.NONE) {
        visitor.obstacle(level.path(), Obstacle.OVERLAY_ATTRIBUTE);
      }
      if (!addSources(level, task, address)) {
        level.clear();
        visitor.masked(level.path(), Mask.OPAQUE);
      }
      return level;
    } catch (IOException | RuntimeException e) {
      level.close();
      throw e;
    }
  }

  /** Adds the sources, until one ends the search; false if it cannot be told. */
  private boolean addSources(Level level, Pending.Task task, long address) throws IOException {
    for (int source : task.sources()) {
      Supplier<Path> what = () -> roots.at(source, task.path());
      if (!status.read(roots.source(source), address, what)) {
        continue;
      }
      if (status.mount() != roots.mount(source)) {
        return false;
      }
      if (status.type() != Status.DIRECTORY) {
        return true;
      }
      int descriptor = open(roots.source(source), address, what);
      level.add(source, descriptor);
      // What the root of a layer is marked with, overlayfs does not look at.
      Attributes.Mark mark =
          level.isRoot()
              ? Attributes.Mark.NONE
              : attributes.mark(Attributes.Handle.of(descriptor), what);
      if (mark == Attributes.Mark.STRANGE) {
        return false;
      }
      if (mark == Attributes.Mark.OPAQUE) {
        return true;
      }
    }
    return true;
  }

  private static int open(int root, long address, Supplier<Path> what) throws IOException {
    int descriptor = Libc.open(root, address);
    if (descriptor < 0) {
      throw Libc.failure("open the directory", what.get());
    }
    return descriptor;
  }
}
