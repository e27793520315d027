package io.overc.internal.tree;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.linux.ReadOnly;
import io.overc.internal.tree.OpenDirectory.Identity;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Copies a tree to a place where nothing is; nobody else can look into the copy before its end. */
final class TreeCopy implements Traversal.Step {
  // How often an entry may change its type while it is copied.
  private static final int AGAIN = 100;

  private static final int PRIVATE_DIRECTORY = 0700;
  private static final int PRIVATE_FILE = 0600;
  private static final int NEW =
      OpenFlags.WRONLY | OpenFlags.CREAT | OpenFlags.EXCL | OpenFlags.NOFOLLOW | OpenFlags.CLOEXEC;
  private static final int LONGEST_TARGET = 4096;

  private final Traversal traversal;
  private final Path target;
  private final boolean sync;
  private final Content content;
  private final Metadata metadata = new Metadata();
  private final HardLinks links = new HardLinks();
  private final FileStatus status = new FileStatus();
  private final FileStatus twinStatus = new FileStatus();
  private final NativeBuffer link = new NativeBuffer(LONGEST_TARGET);
  private @Nullable Identity root;
  private boolean begun;

  TreeCopy(Traversal traversal, Path target, boolean sync, Content content) {
    this.traversal = traversal;
    this.target = target;
    this.sync = sync;
    this.content = content;
  }

  /** Returns the directory that was made; null if none was. */
  @Nullable Identity root() {
    return root;
  }

  /** Removes what was made if it is no tree; returns false if it is one. */
  boolean removeUnlessTree() throws IOException {
    if (root != null) {
      return false;
    }
    int twin = traversal.base().twin();
    byte[] name = OpenDirectory.terminated(Traversal.name(target));
    if (begun
        && Libc.unlinkat(twin, name, 0) != 0
        && Libc.unlinkat(twin, name, Libc.AT_REMOVEDIR) != 0) {
      throw Errno.failure("remove the unfinished copy", target);
    }
    return true;
  }

  @Override
  public void entry(OpenDirectory directory, byte[] name) throws IOException {
    byte[] copyName = directory.isBase() ? Traversal.name(target) : name;
    CopiedEntry entry = new CopiedEntry(directory, name, copyName, target);
    for (int i = 0; i < AGAIN; i++) {
      if (attempt(entry)) {
        return;
      }
    }
    throw refused(entry.from(), "it is exchanged again and again");
  }

  // Returns false if it was exchanged for something else meanwhile.
  private boolean attempt(CopiedEntry entry) throws IOException {
    if (!status.read(entry.source(), traversal.address(entry.name()), entry::from)) {
      if (entry.isRoot()) {
        throw new NoSuchFileException(RawPath.shown(entry.from()), null, "cannot copy");
      }
      return true; // Removed meanwhile.
    }
    if (status.type() == FileStatus.DIRECTORY) {
      return directory(entry);
    }
    if (!entry.isRoot() && links.link(status, entry, traversal.root().twin())) {
      return true;
    }
    return switch (status.type()) {
      case FileStatus.REGULAR -> file(entry);
      case FileStatus.LINK -> link(entry);
      default -> node(entry);
    };
  }

  private boolean directory(CopiedEntry entry) throws IOException {
    int descriptor = open(entry, OpenFlags.DIRECTORY);
    if (descriptor < 0) {
      return false;
    }
    int twin = OpenDirectory.CLOSED;
    try {
      read(status, descriptor, entry::from);
      if (root != null && Identity.of(status).equals(root)) {
        throw refused(entry.from(), "the copy itself is in the tree");
      }
      made(Libc.mkdirat(entry.twin(), entry.copy(), PRIVATE_DIRECTORY), entry);
      twin = openCopy(entry);
      read(twinStatus, twin, entry::to);
      Identity copy = Identity.of(twinStatus);
      if (entry.isRoot()) {
        if (twinStatus.owner() != Libc.geteuid()) {
          throw refused(entry.to(), "it was exchanged");
        }
        root = copy;
        metadata.forgetInherited(twin, entry::to);
      }
      traversal.enter(
          entry.directory().child(entry.name(), descriptor, Identity.of(status), twin, copy));
      return true;
    } catch (IOException e) {
      Libc.close(descriptor);
      if (twin != OpenDirectory.CLOSED) {
        Libc.close(twin);
      }
      throw e;
    }
  }

  private int openCopy(CopiedEntry entry) throws IOException {
    int twin =
        ReadOnly.open(entry.twin(), traversal.address(entry.copyName()), OpenFlags.DIRECTORY);
    // Whatever the umask left of it.
    if (twin < 0 || Libc.fchmod(twin, PRIVATE_DIRECTORY) != 0) {
      throw Errno.failure("open the directory", entry.to());
    }
    return twin;
  }

  private boolean file(CopiedEntry entry) throws IOException {
    int descriptor = open(entry, 0);
    if (descriptor < 0) {
      return false;
    }
    try {
      read(status, descriptor, entry::from);
      if (status.type() != FileStatus.REGULAR) {
        return false;
      }
      int copy = Libc.openat(entry.twin(), entry.copy(), NEW, PRIVATE_FILE);
      made(copy, entry);
      try {
        if (entry.isRoot()) {
          metadata.forgetInherited(copy, entry::to);
        }
        content.copy(descriptor, copy, status, entry);
        metadata.complete(status, descriptor, copy, entry::from, entry::to);
        sync(copy, entry);
      } finally {
        Libc.close(copy);
      }
      links.add(status, entry);
      return true;
    } finally {
      Libc.close(descriptor);
    }
  }

  private boolean link(CopiedEntry entry) throws IOException {
    long length =
        Libc.readlinkat(
            entry.source(), traversal.address(entry.name()), link.address(), link.size());
    if (length < 0) {
      return changed("read the link", entry);
    }
    byte[] to = OpenDirectory.terminated(link.copy(0, (int) length));
    made(Libc.symlinkat(to, entry.twin(), entry.copy()), entry);
    metadata.complete(status, entry);
    links.add(status, entry);
    return true;
  }

  private boolean node(CopiedEntry entry) throws IOException {
    int mode = status.type() | PRIVATE_FILE;
    made(Libc.mknodat(entry.twin(), entry.copy(), mode, status.deviceNumber()), entry);
    metadata.complete(status, entry);
    links.add(status, entry);
    return true;
  }

  @Override
  public boolean leave(OpenDirectory directory) throws IOException {
    CopiedEntry entry =
        new CopiedEntry(directory.parent(), directory.name(), directory.name(), target);
    read(status, directory.descriptor(), entry::from);
    // Last, for what is made in a directory changes its time, and may not be allowed by its mode.
    metadata.complete(status, directory.descriptor(), directory.twin(), entry::from, entry::to);
    sync(directory.twin(), entry);
    return true;
  }

  // Opens an entry; negative if it was exchanged meanwhile.
  private int open(CopiedEntry entry, int flags) throws IOException {
    int descriptor = ReadOnly.open(entry.source(), traversal.address(entry.name()), flags);
    if (descriptor < 0) {
      changed("open", entry);
    }
    return descriptor;
  }

  private static boolean changed(String attempt, CopiedEntry entry) throws IOException {
    int error = Errno.last();
    boolean exchanged = Deletion.isChanged(error) || error == Errno.ENXIO || error == Errno.EINVAL;
    if (!exchanged) {
      throw Errno.failure(error, attempt, entry.from(), null);
    }
    return false;
  }

  private void made(int result, CopiedEntry entry) throws IOException {
    if (result < 0) {
      throw Errno.failure("make the copy", entry.to());
    }
    begun = true;
  }

  // Once for all: that is cheaper than every file for itself.
  private void sync(int copy, CopiedEntry entry) throws IOException {
    if (entry.isRoot() && sync && Libc.syncfs(copy) != 0) {
      throw Errno.failure("write to the disk", entry.to());
    }
  }

  private static void read(FileStatus status, int descriptor, Supplier<Path> shown)
      throws IOException {
    if (!status.read(descriptor)) {
      throw Errno.failure("read the status", shown.get());
    }
  }

  private static FileSystemException refused(Path path, String reason) {
    return new FileSystemException(RawPath.shown(path), null, "cannot copy: " + reason);
  }
}
