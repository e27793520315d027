package io.overc.internal.compare;

import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;

/** A directory of the compared tree, open, with the sources that contribute to it. */
final class DirectoryFrame implements AutoCloseable {
  private final byte[] bytes;
  private final Path path;
  private final int directory;
  private int[] sources = {};
  private int[] descriptors = {};
  private boolean impure;

  private DirectoryFrame(byte[] bytes, int directory) {
    this.bytes = bytes;
    this.path = RawPath.of(bytes);
    this.directory = directory;
  }

  private void add(int source, int descriptor) {
    sources = append(sources, source);
    descriptors = append(descriptors, descriptor);
  }

  private void closeSources() {
    for (int descriptor : descriptors) {
      Libc.close(descriptor);
    }
    sources = new int[0];
    descriptors = new int[0];
  }

  // Whether overlayfs may have noted something about the entries.
  boolean isImpure() {
    return impure;
  }

  int directory() {
    return directory;
  }

  int[] sources() {
    return sources;
  }

  int[] descriptors() {
    return descriptors;
  }

  Path path(byte[] name) {
    return RawPath.resolve(path, name);
  }

  byte[] bytes(byte[] name) {
    if (bytes.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
    joined[bytes.length] = '/';
    System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
    return joined;
  }

  @Override
  public void close() {
    closeSources();
    Libc.close(directory);
  }

  private static int[] append(int[] array, int value) {
    int[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }

  /** Opens directories with their sources, by the rules of overlayfs. Not thread-safe. */
  static final class Opener {
    private final Roots roots;
    private final Visitor visitor;
    private final Attributes attributes;
    private final FileStatus status = new FileStatus();
    private final NativeBuffer name = new NativeBuffer(2 * Comparison.LONGEST);

    Opener(Roots roots, Visitor visitor, Attributes attributes) {
      this.roots = roots;
      this.visitor = visitor;
      this.attributes = attributes;
    }

    /** Opens a directory; reports what is wrong with it, and what must be masked as a whole. */
    DirectoryFrame open(WorkQueue.Task task) throws IOException {
      Supplier<Path> shown = () -> roots.at(task.path());
      DirectoryFrame frame =
          new DirectoryFrame(task.path(), Roots.open(roots.directory(), task.path(), shown));
      try {
        Attributes.Mark mark = attributes.mark(ExtendedAttributes.File.of(frame.directory), shown);
        if (mark == Attributes.Mark.IMPURE) {
          frame.impure = true;
        } else if (mark != Attributes.Mark.NONE) {
          visitor.obstacle(frame.path, Visitor.Obstacle.OVERLAY_ATTRIBUTE);
        }
        if (!addSources(frame, task)) {
          frame.closeSources();
          visitor.masked(frame.path, Visitor.Mask.OPAQUE);
        }
        return frame;
      } catch (IOException | RuntimeException e) {
        frame.close();
        throw e;
      }
    }

    // Adds the sources, until one ends the search; false if what they show cannot be known.
    private boolean addSources(DirectoryFrame frame, WorkQueue.Task task) throws IOException {
      boolean root = task.path().length == 0;
      long address = name.string(root ? Roots.SELF : task.path());
      for (int source : task.sources()) {
        Supplier<Path> shown = () -> roots.at(source, task.path());
        if (!status.read(roots.source(source), address, shown)) {
          continue;
        }
        if (status.mount() != roots.mount(source)) {
          return false;
        }
        if (status.type() != FileStatus.DIRECTORY) {
          return true;
        }
        int descriptor = Roots.open(roots.source(source), task.path(), shown);
        frame.add(source, descriptor);
        // Marks on the root of a layer are not looked at by overlayfs.
        Attributes.Mark mark =
            root
                ? Attributes.Mark.NONE
                : attributes.mark(ExtendedAttributes.File.of(descriptor), shown);
        if (mark == Attributes.Mark.STRANGE) {
          return false;
        }
        if (mark == Attributes.Mark.OPAQUE) {
          return true;
        }
      }
      return true;
    }
  }
}
