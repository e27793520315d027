package io.overc.internal.tree;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Work on trees with the JDK alone, for other systems and for file systems in memory. It keeps one
 * directory open for each level of a tree, copies neither extended attributes nor holes, refuses to
 * copy devices, and tells file systems apart but not mounts of the same one.
 */
final class PortableTree {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private PortableTree() {}

  @FunctionalInterface
  interface Step {
    /** Handles an entry; returns whether to go into it. */
    boolean entry(PortableDirectory directory, Path name, BasicFileAttributes attributes)
        throws IOException;

    default void leave(PortableDirectory directory, Path name) throws IOException {}
  }

  static void run(Path root, Pace pace, Step step) throws IOException {
    Path absolute = root.toAbsolutePath();
    Path parent = Objects.requireNonNull(absolute.getParent(), "the root of a file system");
    Deque<PortableDirectory> open = new ArrayDeque<>();
    try {
      open.push(PortableDirectory.at(parent));
      handle(open, Objects.requireNonNull(absolute.getFileName()), step);
      while (open.size() > 1) {
        PortableDirectory last = open.element();
        pace.check(last::path);
        Path name = last.next();
        if (name != null) {
          handle(open, name, step);
        } else {
          open.pop().close();
          leave(open.element(), last.path(), step);
        }
      }
    } finally {
      for (PortableDirectory each : open) {
        each.close();
      }
    }
  }

  private static void leave(PortableDirectory directory, Path path, Step step) throws IOException {
    Path name = Objects.requireNonNull(path.getFileName());
    try {
      step.leave(directory, name);
    } catch (FileSystemException e) {
      throw named(e, name, path);
    }
  }

  private static void handle(Deque<PortableDirectory> open, Path name, Step step)
      throws IOException {
    PortableDirectory directory = open.element();
    Path path = directory.path().resolve(name);
    try {
      BasicFileAttributes attributes = directory.attributes(name);
      if (step.entry(directory, name, attributes)) {
        open.push(directory.open(name));
      }
    } catch (NoSuchFileException e) {
      if (open.size() == 1 || !name.toString().equals(e.getFile())) {
        throw named(e, name, path);
      }
      return; // Removed meanwhile.
    } catch (FileSystemException e) {
      throw named(e, name, path);
    }
  }

  // By descriptor, the JDK only knows the last name of a path.
  private static FileSystemException named(FileSystemException failure, Path name, Path path) {
    if (!name.toString().equals(failure.getFile())) {
      return failure;
    }
    String reason = failure.getReason() == null ? "no such file" : failure.getReason();
    FileSystemException named =
        failure instanceof NoSuchFileException
            ? new NoSuchFileException(path.toString(), null, reason)
            : new FileSystemException(
                path.toString(), null, failure.getClass().getSimpleName() + ", " + reason);
    named.initCause(failure);
    return named;
  }

  static void delete(Path root, Pace pace) throws IOException {
    if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Object device = device(root);
    run(
        root,
        pace,
        new Step() {
          @Override
          public boolean entry(PortableDirectory directory, Path name, BasicFileAttributes is)
              throws IOException {
            if (!is.isDirectory()) {
              directory.deleteFile(name);
              return false;
            }
            Path path = directory.path().resolve(name);
            if (!Objects.equals(device, device(path))) {
              throw new FileSystemException(
                  path.toString(), null, "cannot delete: it is on another file system");
            }
            unlock(directory, name);
            return true;
          }

          @Override
          public void leave(PortableDirectory directory, Path name) throws IOException {
            directory.deleteDirectory(name);
          }
        });
  }

  // Some modes forbid even the owner to delete. If this fails, so does the deletion.
  private static void unlock(PortableDirectory directory, Path name) {
    PosixFileAttributeView view = directory.view(name, PosixFileAttributeView.class);
    try {
      if (view != null && !view.readAttributes().permissions().containsAll(OWNER)) {
        view.setPermissions(OWNER);
      }
    } catch (IOException e) {
      return;
    }
  }

  static void walk(Path root, TreeEntry.Visitor visitor, Pace pace) throws IOException {
    Object device = device(root);
    run(
        root,
        pace,
        (directory, name, is) -> {
          Path path = directory.path().resolve(name);
          boolean mounted = is.isDirectory() && !Objects.equals(device, device(path));
          Path below = root.toAbsolutePath().relativize(path);
          TreeEntry entry = new TreeEntry(below, type(is), is.size(), is.size(), file(is), mounted);
          return visitor.visit(entry) && is.isDirectory();
        });
  }

  private static @Nullable Object file(BasicFileAttributes attributes) {
    return attributes.isRegularFile() ? attributes.fileKey() : null;
  }

  private static TreeEntry.Type type(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return TreeEntry.Type.DIRECTORY;
    }
    if (attributes.isRegularFile()) {
      return TreeEntry.Type.FILE;
    }
    return attributes.isSymbolicLink() ? TreeEntry.Type.LINK : TreeEntry.Type.OTHER;
  }

  private static @Nullable Object device(Path path) throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS)
        : null;
  }
}
