package io.overc.internal.tree;

import io.overc.internal.linux.DirectoryListing;
import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.linux.ReadOnly;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory between the root of a tree and the entry at hand. It need not stay open: its listing
 * goes on where it was once the directory is opened again. In a copy, its twin is the directory
 * that becomes its copy.
 */
final class OpenDirectory {
  static final int CLOSED = -1;

  private static final int PART = 512;
  private static final int SEEK_SET = 0;
  private static final NativeBuffer PARENT = parentName();

  private final Path root;
  private final @Nullable OpenDirectory parent;
  private final byte[] name;
  private final Identity identity;
  private final @Nullable Identity twinIdentity;
  private int descriptor;
  private int twin;
  private @Nullable DirectoryListing listing;
  private byte[][] names = {};
  private int at;
  private int rounds = 1;

  /** Tells a directory from all others, also from a later one that got its number. */
  record Identity(long device, long inode, long born, long mount) {
    static Identity of(FileStatus status) {
      return new Identity(status.device(), status.inode(), status.born(), status.mount());
    }

    static Identity of(int descriptor, FileStatus status, Path shown) throws IOException {
      if (!status.read(descriptor)) {
        throw Errno.failure("read the status", shown);
      }
      return of(status);
    }
  }

  private OpenDirectory(
      Path root,
      @Nullable OpenDirectory parent,
      byte[] name,
      int descriptor,
      Identity identity,
      int twin,
      @Nullable Identity twinIdentity) {
    this.root = root;
    this.parent = parent;
    this.name = name;
    this.descriptor = descriptor;
    this.twin = twin;
    this.identity = identity;
    this.twinIdentity = twinIdentity;
  }

  /** Makes the directory in which the root of the tree is an entry; it is never listed. */
  static OpenDirectory base(Path root, int descriptor, Identity identity, int twin) {
    return new OpenDirectory(root, null, new byte[0], descriptor, identity, twin, null);
  }

  /** Makes a directory in this one. */
  OpenDirectory child(
      byte[] entry, int opened, Identity of, int twinOpened, @Nullable Identity ofTwin) {
    return new OpenDirectory(root, this, entry, opened, of, twinOpened, ofTwin);
  }

  boolean isBase() {
    return parent == null;
  }

  boolean isRoot() {
    return parent != null && parent.isBase();
  }

  OpenDirectory parent() {
    return Objects.requireNonNull(parent, "the base has no parent here");
  }

  byte[] name() {
    return name;
  }

  int descriptor() {
    return descriptor;
  }

  int twin() {
    return twin;
  }

  Identity identity() {
    return identity;
  }

  /** Returns the path of an entry below the root of the tree; empty for the root itself. */
  byte[] below(byte[] entry) {
    if (isBase()) {
      return new byte[0];
    }
    int length = entry.length;
    for (OpenDirectory each = this; !each.isRoot(); each = each.parent()) {
      length += each.name.length + 1;
    }
    byte[] path = new byte[length];
    int end = length - entry.length;
    System.arraycopy(entry, 0, path, end, entry.length);
    for (OpenDirectory each = this; !each.isRoot(); each = each.parent()) {
      path[--end] = '/';
      end -= each.name.length;
      System.arraycopy(each.name, 0, path, end, each.name.length);
    }
    return path;
  }

  Path path(byte[] entry) {
    byte[] below = below(entry);
    return below.length == 0 ? root : RawPath.resolve(root, below);
  }

  Path path() {
    return parent == null ? root : parent.path(name);
  }

  /** Returns the name of the next entry; null at the end. */
  byte @Nullable [] next(NativeBuffer buffer) throws IOException {
    if (listing == null) {
      listing = new DirectoryListing(PART);
    }
    if (at == names.length) {
      if (listing.ended()) {
        return null;
      }
      names = listing.next(descriptor, buffer, this::path);
      at = 0;
    }
    return at < names.length ? names[at++] : null;
  }

  /** Begins the listing again, at most {@code limit} times; returns whether it may. */
  boolean again(int limit) {
    Libc.lseek(descriptor, 0, SEEK_SET);
    listing = null;
    names = new byte[0][];
    at = 0;
    return rounds++ < limit;
  }

  boolean isOpen() {
    return descriptor != CLOSED;
  }

  void close() {
    if (descriptor != CLOSED) {
      Libc.close(descriptor);
      descriptor = CLOSED;
    }
    if (twin != CLOSED) {
      Libc.close(twin);
      twin = CLOSED;
    }
  }

  /** Opens this directory again, as the parent of one that is open. */
  void reopen(OpenDirectory child, FileStatus status) throws IOException {
    if (isOpen()) {
      return;
    }
    descriptor = up(child.descriptor, status, identity);
    if (listing != null) {
      Libc.lseek(descriptor, listing.position(), SEEK_SET);
    }
    if (twinIdentity != null) {
      twin = up(child.twin, status, twinIdentity);
    }
  }

  // Whoever moves a directory changes what lies above it: that must be what it was.
  private int up(int below, FileStatus status, Identity expected) throws IOException {
    int opened = ReadOnly.open(below, PARENT.address(), OpenFlags.DIRECTORY);
    if (opened < 0) {
      throw Errno.failure("open the directory again", path());
    }
    boolean same = status.read(opened) && Identity.of(status).equals(expected);
    if (!same) {
      Libc.close(opened);
      throw new FileSystemException(
          RawPath.shown(path()), null, "a directory in it was moved elsewhere meanwhile");
    }
    return opened;
  }

  private static NativeBuffer parentName() {
    NativeBuffer name = new NativeBuffer(3);
    name.string(new byte[] {'.', '.'});
    return name;
  }

  static byte[] terminated(byte[] name) {
    return Arrays.copyOf(name, name.length + 1);
  }
}
