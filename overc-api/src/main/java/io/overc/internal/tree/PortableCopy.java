package io.overc.internal.tree;

import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Copies a tree with the JDK alone; each file is written to the disk for itself. */
final class PortableCopy implements PortableTree.Step {
  private static final int BLOCK = 1 << 20;

  private final Path root;
  private final Path target;
  private final Pace pace;
  private final FileAttribute<?>[] directoryMode;
  private final FileAttribute<?>[] fileMode;
  private final Map<Object, Path> copies = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
  private boolean begun;

  private PortableCopy(Path root, Path target, Pace pace) {
    this.root = root.toAbsolutePath();
    this.target = target;
    this.pace = pace;
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.directoryMode = posix ? mode("rwx------") : new FileAttribute<?>[0];
    this.fileMode = posix ? mode("rw-------") : new FileAttribute<?>[0];
  }

  private static FileAttribute<?>[] mode(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  static void copy(Path root, Path target, Pace pace) throws IOException {
    PortableCopy copy = new PortableCopy(root, target, pace);
    try {
      PortableTree.run(root, pace, copy);
    } catch (IOException | RuntimeException | Error e) {
      Cancellation.shielded(() -> copy.discard(e));
      throw e;
    }
  }

  private void discard(Throwable cause) {
    try {
      if (begun) {
        PortableTree.delete(target, pace);
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private Path target(PortableDirectory directory, Path name) {
    Path path = directory.path().resolve(name);
    return path.equals(root) ? target : target.resolve(root.relativize(path).toString());
  }

  @Override
  public boolean entry(PortableDirectory directory, Path name, BasicFileAttributes is)
      throws IOException {
    Path path = directory.path().resolve(name);
    Path copy = target(directory, name);
    if (is.isDirectory()) {
      if (path.equals(target.toAbsolutePath())) {
        throw new FileSystemException(
            path.toString(), null, "cannot copy: the copy itself is in the tree");
      }
      Files.createDirectory(copy, directoryMode);
      begun = true;
      return true;
    }
    if (is.isOther()) {
      throw new FileSystemException(
          path.toString(), null, "cannot copy a device, a pipe or a socket here: remove it");
    }
    Object key = is.fileKey();
    Path first = key == null ? null : copies.putIfAbsent(key, copy);
    if (first != null) {
      Files.createLink(copy, first);
    } else if (is.isSymbolicLink()) {
      Files.createSymbolicLink(
          copy, copy.getFileSystem().getPath(Files.readSymbolicLink(path).toString()));
    } else {
      content(directory, name, copy);
    }
    begun = true;
    if (first == null && !is.isSymbolicLink()) {
      complete(directory, name, copy);
    }
    return false;
  }

  private void content(PortableDirectory directory, Path name, Path copy) throws IOException {
    Files.createFile(copy, fileMode);
    begun = true;
    try (SeekableByteChannel from = directory.read(name);
        SeekableByteChannel to = Files.newByteChannel(copy, StandardOpenOption.WRITE)) {
      pace.check(() -> directory.path().resolve(name));
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        pace.check(() -> directory.path().resolve(name));
      }
    } catch (ClosedByInterruptException e) {
      pace.check(() -> directory.path().resolve(name));
      throw e;
    }
    force(copy);
  }

  @Override
  public void leave(PortableDirectory directory, Path name) throws IOException {
    Path copy = target(directory, name);
    force(copy);
    // Last, for what is made in a directory changes its time, and may not be allowed by its mode.
    complete(directory, name, copy);
  }

  // Nothing to do in memory.
  private static void force(Path path) throws IOException {
    if (path.getFileSystem() == FileSystems.getDefault()) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void complete(PortableDirectory directory, Path name, Path copy)
      throws IOException {
    PosixFileAttributeView from = directory.view(name, PosixFileAttributeView.class);
    PosixFileAttributeView to =
        Files.getFileAttributeView(copy, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (from != null && to != null) {
      PosixFileAttributes original = from.readAttributes();
      give(to, original);
      to.setPermissions(original.permissions());
    }
    BasicFileAttributes original = directory.attributes(name);
    Objects.requireNonNull(
            Files.getFileAttributeView(
                copy, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
        .setTimes(original.lastModifiedTime(), original.lastAccessTime(), null);
  }

  // Only root may give files away; then the copy belongs to whoever made it.
  private static void give(PosixFileAttributeView copy, PosixFileAttributes original)
      throws IOException {
    PosixFileAttributes now = copy.readAttributes();
    if (now.owner().equals(original.owner()) && now.group().equals(original.group())) {
      return;
    }
    try {
      copy.setGroup(original.group());
      copy.setOwner(original.owner());
    } catch (FileSystemException e) {
      return;
    }
  }
}
