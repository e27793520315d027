package io.overc.internal.compare;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.linux.ReadOnly;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Holds the compared directory and its sources open. Thread-safe. */
final class Roots implements AutoCloseable {
  private static final int NONE = -1;
  static final byte[] SELF = {'.'};

  private final Path path;
  private final List<Path> sourcePaths;
  private final int directory;
  private final int[] sources;
  private final long[] mounts;

  private Roots(Path path, List<Path> sourcePaths) throws IOException {
    this.path = path;
    this.sourcePaths = sourcePaths;
    this.sources = new int[sourcePaths.size()];
    this.mounts = new long[sources.length + 1];
    Arrays.fill(sources, NONE);
    this.directory = open(path, sources.length);
  }

  static Roots open(Path directory, List<Path> sources) throws IOException {
    Roots roots = new Roots(directory, sources);
    if (roots.directory == NONE) {
      throw new NotDirectoryException(directory.toString());
    }
    try {
      for (int i = 0; i < sources.size(); i++) {
        roots.sources[i] = roots.open(sources.get(i), i);
        if (roots.sources[i] != NONE) {
          requireApart(directory, sources.get(i));
        }
      }
      return roots;
    } catch (IOException | RuntimeException e) {
      roots.close();
      throw e;
    }
  }

  private int open(Path root, int index) throws IOException {
    byte[] path = RawPath.bytes(root.toAbsolutePath());
    NativeBuffer name = new NativeBuffer(path.length + 1);
    try {
      FileStatus status = new FileStatus();
      long address = name.string(path);
      if (!status.read(Libc.AT_FDCWD, address, () -> root)
          || status.type() != FileStatus.DIRECTORY) {
        return NONE;
      }
      mounts[index] = status.mount();
      int descriptor = ReadOnly.open(Libc.AT_FDCWD, address, OpenFlags.DIRECTORY);
      if (descriptor < 0) {
        throw Errno.failure("open the directory", root);
      }
      return descriptor;
    } finally {
      Reference.reachabilityFence(name);
    }
  }

  // The kernel refuses layers within layers; and files removed here would be gone there.
  private static void requireApart(Path directory, Path source) throws IOException {
    Path here = directory.toRealPath();
    Path there = source.toRealPath();
    if (here.startsWith(there) || there.startsWith(here) || Files.isSameFile(here, there)) {
      throw new IllegalArgumentException(
          "the source "
              + source
              + " cannot provide files to "
              + directory
              + ": one is the other or lies within it; choose another source");
    }
  }

  int[] present() {
    return IntStream.range(0, sources.length).filter(i -> sources[i] != NONE).toArray();
  }

  int directory() {
    return directory;
  }

  int source(int index) {
    return sources[index];
  }

  long mount() {
    return mounts[sources.length];
  }

  long mount(int source) {
    return mounts[source];
  }

  Path at(byte[] relative) {
    return path.resolve(RawPath.of(relative));
  }

  Path at(int source, byte[] relative) {
    return sourcePaths.get(source).resolve(RawPath.of(relative));
  }

  /** Opens a directory below a root; no link is followed, whoever puts one into the path. */
  static int open(int root, byte[] relative, Supplier<Path> shown) throws IOException {
    byte[] path = relative.length == 0 ? SELF : relative;
    int descriptor = ReadOnly.openBeneath(root, Arrays.copyOf(path, path.length + 1));
    if (descriptor < 0) {
      throw Errno.failure("open the directory", shown.get());
    }
    return descriptor;
  }

  @Override
  public void close() {
    Libc.close(directory);
    for (int source : sources) {
      if (source != NONE) {
        Libc.close(source);
      }
    }
  }
}
