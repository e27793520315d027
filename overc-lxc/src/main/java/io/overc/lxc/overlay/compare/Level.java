package io.overc.lxc.overlay.compare;

import java.nio.file.Path;
import java.util.Arrays;

/** A directory of the compared tree, open, with the sources that contribute to it. */
final class Level implements AutoCloseable {
  private final byte[] bytes;
  private final Path path;
  private final int directory;
  private int[] sources = {};
  private int[] descriptors = {};
  private boolean impure;

  /**
   * Holds an open directory.
   *
   * @param bytes its path below the root
   * @param directory its descriptor, closed with this object
   */
  Level(byte[] bytes, int directory) {
    this.bytes = bytes;
    this.path = RawPath.relative(bytes);
    this.directory = directory;
  }

  /** Adds a source below those that are there. */
  void add(int source, int descriptor) {
    sources = append(sources, source);
    descriptors = append(descriptors, descriptor);
  }

  /** Leaves out all sources. */
  void clear() {
    for (int descriptor : descriptors) {
      Libc.close(descriptor);
    }
    sources = new int[0];
    descriptors = new int[0];
  }

  /** Notes that overlayfs may have noted something about the entries. */
  void markImpure() {
    impure = true;
  }

  boolean isImpure() {
    return impure;
  }

  boolean isRoot() {
    return bytes.length == 0;
  }

  int directory() {
    return directory;
  }

  /** Returns which sources, the topmost first. */
  int[] sources() {
    return sources;
  }

  /** Returns their descriptors. */
  int[] descriptors() {
    return descriptors;
  }

  Path path() {
    return path;
  }

  Path path(byte[] name) {
    return RawPath.resolve(path, name);
  }

  /** Returns the path of an entry, as bytes. */
  byte[] bytes(byte[] name) {
    if (isRoot()) {
      return name;
    }
    byte[] joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
    joined[bytes.length] = '/';
    System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
    return joined;
  }

  @Override
  public void close() {
    clear();
    Libc.close(directory);
  }

  private static int[] append(int[] array, int value) {
    int[] longer = Arrays.copyOf(array, array.length + 1);
    longer[array.length] = value;
    return longer;
  }
}
