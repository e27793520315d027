package io.overc.internal.tree;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import io.overc.internal.linux.ReadOnly;
import io.overc.internal.tree.OpenDirectory.Identity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Shows the entries of a tree to a visitor. */
final class Walk implements Traversal.Step {
  private final Traversal traversal;
  private final TreeEntry.Visitor visitor;
  private final FileStatus status = new FileStatus();

  Walk(Traversal traversal, TreeEntry.Visitor visitor) {
    this.traversal = traversal;
    this.visitor = visitor;
  }

  @Override
  public void entry(OpenDirectory directory, byte[] name) throws IOException {
    long address = traversal.address(name);
    if (!status.read(directory.descriptor(), address, () -> directory.path(name))) {
      if (directory.isBase()) {
        throw new NoSuchFileException(RawPath.shown(directory.path(name)), null, "cannot walk");
      }
      return; // Removed meanwhile.
    }
    TreeEntry entry = describe(directory, name);
    if (visitor.visit(entry) && entry.type() == TreeEntry.Type.DIRECTORY) {
      enter(directory, name);
    }
  }

  private TreeEntry describe(OpenDirectory directory, byte[] name) {
    boolean directoryItself = status.type() == FileStatus.DIRECTORY;
    Object file = directoryItself || status.links() < 2 ? null : key();
    boolean mounted =
        !directory.isBase()
            && (status.mount() != directory.identity().mount()
                || (directoryItself && status.device() != directory.identity().device()));
    return new TreeEntry(
        RawPath.of(directory.below(name)),
        type(),
        status.size(),
        status.allocated(),
        file,
        mounted);
  }

  private Object key() {
    return List.of(status.device(), status.inode());
  }

  private TreeEntry.Type type() {
    return switch (status.type()) {
      case FileStatus.DIRECTORY -> TreeEntry.Type.DIRECTORY;
      case FileStatus.REGULAR -> TreeEntry.Type.FILE;
      case FileStatus.LINK -> TreeEntry.Type.LINK;
      default -> TreeEntry.Type.OTHER;
    };
  }

  private void enter(OpenDirectory directory, byte[] name) throws IOException {
    int descriptor =
        ReadOnly.open(directory.descriptor(), traversal.address(name), OpenFlags.DIRECTORY);
    if (descriptor < 0) {
      int error = Errno.last();
      if (Deletion.isChanged(error)) {
        return; // Removed or exchanged meanwhile.
      }
      throw Errno.failure(error, "open the directory", directory.path(name), null);
    }
    Identity identity;
    try {
      identity = Identity.of(descriptor, status, directory.path(name));
    } catch (IOException e) {
      Libc.close(descriptor);
      throw e;
    }
    traversal.enter(directory.child(name, descriptor, identity, OpenDirectory.CLOSED, null));
  }

  @Override
  public boolean leave(OpenDirectory directory) {
    return true;
  }
}
