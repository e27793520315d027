package io.overc.internal.tree;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a tree, depth first, without recursion. Only the deepest directories are open, so
 * that neither the depth nor the width of a tree costs descriptors.
 */
final class Traversal implements AutoCloseable {
  // Of a process's 1,024 descriptors, others need some, too.
  private static final int OPEN = 32;

  // The base and the root, to which a copy goes back for hard links.
  private static final int ALWAYS_OPEN = 2;

  private final Pace pace;
  private final byte[] rootName;
  private final List<OpenDirectory> directories = new ArrayList<>();
  private final FileStatus status = new FileStatus();
  private final NativeBuffer entries = new NativeBuffer(32 * 1024);

  // The longest name has 255 bytes.
  private final NativeBuffer string = new NativeBuffer(4096);

  interface Step {
    /** Handles an entry; may {@link Traversal#enter} it. */
    void entry(OpenDirectory directory, byte[] name) throws IOException;

    // Ends a directory, whose entries were handled; its parent is open. Returns false to list it
    // once more.
    boolean leave(OpenDirectory directory) throws IOException;
  }

  /** Goes through the tree at a path; with a target, through a second one beside it. */
  Traversal(Path root, int twin, Pace pace) throws IOException {
    this.pace = pace;
    this.rootName = name(root);
    int descriptor = openParent(root, OpenFlags.PATH);
    try {
      OpenDirectory.Identity identity = OpenDirectory.Identity.of(descriptor, status, root);
      directories.add(OpenDirectory.base(root, descriptor, identity, twin));
    } catch (IOException e) {
      Libc.close(descriptor);
      throw e;
    }
  }

  static byte[] name(Path path) throws IOException {
    Path name = path.toAbsolutePath().getFileName();
    byte[] bytes = name == null ? new byte[] {'.'} : RawPath.bytes(name);
    if (bytes.length == 2 && bytes[0] == '.' && bytes[1] == '.') {
      throw new FileSystemException(RawPath.shown(path), null, "name the directory itself, not ..");
    }
    return bytes;
  }

  /** Opens the directory in which a path is an entry; that path is the caller's, links included. */
  static int openParent(Path path, int flags) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
    int descriptor =
        Libc.openat(
            Libc.AT_FDCWD,
            RawPath.terminated(parent),
            flags | OpenFlags.DIRECTORY | OpenFlags.CLOEXEC,
            0);
    if (descriptor < 0) {
      throw Errno.failure("open the directory", parent);
    }
    return descriptor;
  }

  OpenDirectory base() {
    return directories.get(0);
  }

  OpenDirectory root() {
    return directories.get(1);
  }

  /** Returns the address of a name, until the next call. */
  long address(byte[] name) {
    return string.string(name);
  }

  void run(Step step) throws IOException {
    pace.check(() -> base().path(rootName));
    step.entry(base(), rootName);
    while (directories.size() > 1) {
      OpenDirectory last = directories.get(directories.size() - 1);
      pace.check(last::path);
      byte[] name = last.next(entries);
      if (name != null) {
        step.entry(last, name);
        continue;
      }
      last.parent().reopen(last, status);
      if (step.leave(last)) {
        directories.remove(directories.size() - 1);
        last.close();
      }
    }
  }

  /** Goes into a directory; it is closed by this object from now on. */
  void enter(OpenDirectory child) {
    directories.add(child);
    int farthest = directories.size() - OPEN;
    if (farthest >= ALWAYS_OPEN) {
      directories.get(farthest).close();
    }
  }

  @Override
  public void close() {
    directories.forEach(OpenDirectory::close);
  }
}
