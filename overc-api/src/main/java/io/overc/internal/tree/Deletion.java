package io.overc.internal.tree;

import static io.overc.internal.tree.OpenDirectory.terminated;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.linux.ReadOnly;
import io.overc.internal.tree.OpenDirectory.Identity;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deletes a tree. */
final class Deletion implements Traversal.Step {
  // How often an entry may change its type, or a directory fill again, while it is deleted.
  private static final int AGAIN = 100;

  private static final int OWNER = 0700;
  private static final long ROOT_OF_SUBVOLUME = 256;

  // Of linux/btrfs.h; the argument is a descriptor that is not used, and a name.
  private static final long BTRFS_IOC_SNAP_DESTROY = 0x5000940fL;

  private static final int VOL_ARGS = 4096;
  private static final int VOL_NAME = 8;

  private final Traversal traversal;
  private final boolean subvolumes;
  private final @Nullable Identity only;
  private final FileStatus status = new FileStatus();
  private final Set<OpenDirectory> openSubvolumes = new HashSet<>();

  // Deletes what a traversal goes through; where only is given, a root that is another directory
  // stays.
  Deletion(Traversal traversal, boolean subvolumes, @Nullable Identity only) {
    this.traversal = traversal;
    this.subvolumes = subvolumes;
    this.only = only;
  }

  @Override
  public void entry(OpenDirectory directory, byte[] name) throws IOException {
    for (int i = 0; i < AGAIN; i++) {
      if (Libc.unlinkat(directory.descriptor(), terminated(name), 0) == 0) {
        return;
      }
      // EISDIR tells a directory without asking for the type of every file.
      int error = Errno.last();
      if (error == Errno.ENOENT) {
        return;
      }
      if (error != Errno.EISDIR) {
        throw Errno.failure(error, "delete", directory.path(name), null);
      }
      if (enter(directory, name)) {
        return;
      }
    }
    throw refused(directory.path(name), "it is exchanged again and again");
  }

  // Returns false if it is no directory any more.
  private boolean enter(OpenDirectory directory, byte[] name) throws IOException {
    int descriptor =
        ReadOnly.open(directory.descriptor(), traversal.address(name), OpenFlags.DIRECTORY);
    if (descriptor < 0) {
      int error = Errno.last();
      if (error == Errno.EACCES && unlock(directory, name)) {
        return false;
      }
      if (isChanged(error)) {
        return false;
      }
      throw Errno.failure(error, "open the directory", directory.path(name), null);
    }
    boolean subvolume;
    try {
      if (!status.read(descriptor)) {
        throw Errno.failure("read the status", directory.path(name));
      }
      if (directory.isBase() && only != null && !only.equals(Identity.of(status))) {
        Libc.close(descriptor);
        return true;
      }
      requireSameMount(directory, name);
      subvolume = isSubvolume(directory, name);
      if (subvolume && destroySubvolume(directory, name)) {
        Libc.close(descriptor);
        return true;
      }
      if ((status.mode() & OWNER) != OWNER) {
        // Some modes forbid even the owner to delete. If it fails, so does the deletion.
        Libc.fchmod(descriptor, status.permissions() | OWNER);
      }
    } catch (IOException e) {
      Libc.close(descriptor);
      throw e;
    }
    OpenDirectory child =
        directory.child(name, descriptor, Identity.of(status), OpenDirectory.CLOSED, null);
    traversal.enter(child);
    if (subvolume) {
      openSubvolumes.add(child);
    }
    return true;
  }

  static boolean isChanged(int error) {
    return error == Errno.ENOENT || error == Errno.ENOTDIR || error == Errno.ELOOP;
  }

  // Lets the owner of a directory open it.
  private boolean unlock(OpenDirectory directory, byte[] name) throws IOException {
    int descriptor =
        Libc.openat(
            directory.descriptor(),
            terminated(name),
            OpenFlags.PATH | OpenFlags.NOFOLLOW | OpenFlags.DIRECTORY | OpenFlags.CLOEXEC,
            0);
    if (descriptor < 0) {
      return isChanged(Errno.last());
    }
    try {
      if (!status.read(descriptor)) {
        return false;
      }
      requireSameMount(directory, name);
      return Changes.chmod(descriptor, status.permissions() | OWNER) == 0;
    } finally {
      Libc.close(descriptor);
    }
  }

  private void requireSameMount(OpenDirectory directory, byte[] name) throws IOException {
    if (status.mount() != traversal.base().identity().mount()) {
      throw refused(directory.path(name), "something is mounted there: unmount it first");
    }
  }

  // The root may be one: the caller named it.
  private boolean isSubvolume(OpenDirectory directory, byte[] name) throws IOException {
    if (directory.isBase() || status.device() == directory.identity().device()) {
      return false;
    }
    if (status.inode() != ROOT_OF_SUBVOLUME) {
      throw refused(directory.path(name), "it is on another file system");
    }
    if (!subvolumes) {
      throw refused(directory.path(name), "it is a btrfs subvolume: delete that first");
    }
    return true;
  }

  // Returns false if another subvolume is in it, or this user may only remove it empty.
  private static boolean destroySubvolume(OpenDirectory directory, byte[] name) {
    NativeBuffer arguments = new NativeBuffer(VOL_ARGS);
    arguments.string(VOL_NAME, name);
    try {
      return Libc.ioctl(directory.descriptor(), BTRFS_IOC_SNAP_DESTROY, arguments.address()) == 0;
    } finally {
      Reference.reachabilityFence(arguments);
    }
  }

  @Override
  public boolean leave(OpenDirectory directory) throws IOException {
    OpenDirectory parent = directory.parent();
    byte[] name = terminated(directory.name());
    if (openSubvolumes.remove(directory) && destroySubvolume(parent, directory.name())) {
      return true;
    }
    if (Libc.unlinkat(parent.descriptor(), name, Libc.AT_REMOVEDIR) == 0) {
      return true;
    }
    int error = Errno.last();
    if (error == Errno.ENOENT) {
      return true;
    }
    if ((error == Errno.ENOTEMPTY || error == Errno.EEXIST) && directory.again(AGAIN)) {
      return false;
    }
    if (error == Errno.ENOTDIR && !parent.isBase()) {
      // Exchanged for something else. That is deleted when the parent turns out not to be empty.
      return true;
    }
    throw Errno.failure(error, "delete the directory", directory.path(), null);
  }

  private static FileSystemException refused(Path path, String reason) {
    return new FileSystemException(RawPath.shown(path), null, "cannot delete: " + reason);
  }
}
