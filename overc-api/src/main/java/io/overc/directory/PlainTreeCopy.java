package io.overc.directory;

import io.overc.error.RefusedException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies with Java alone: content, type, mode, times, link targets, hard links, and the owner where
 * the user may set it. Extended attributes beyond what {@link Files#copy} keeps are lost.
 */
final class PlainTreeCopy implements TreeCopy {
  @Override
  public void copy(Path from, Path to, boolean shared) throws IOException {
    Files.walkFileTree(from, new Copier(from, to));
  }

  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;
    private final Map<Object, Path> copies = new HashMap<>();

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    private Path target(Path source) {
      return to.resolve(from.relativize(source));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectory(target(source));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path source, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      // Last, for what is made in a directory changes its time, and may not be allowed by its mode.
      takeAttributes(source, target(source));
      Durable.directory(target(source));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path source, BasicFileAttributes attributes)
        throws IOException {
      if (attributes.isOther()) {
        throw new RefusedException(
            source + " is a device, a pipe or a socket: remove it, or install cp (coreutils)");
      }
      Path target = target(source);
      Object key = attributes.fileKey();
      Path first = key == null ? null : copies.get(key);
      if (first != null) {
        Files.createLink(target, first);
        return FileVisitResult.CONTINUE;
      }
      Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isSymbolicLink()) {
        Durable.file(target);
        takeAttributes(source, target);
      }
      if (key != null) {
        copies.put(key, target);
      }
      return FileVisitResult.CONTINUE;
    }

    private static void takeAttributes(Path source, Path target) throws IOException {
      PosixFileAttributeView posix =
          Files.getFileAttributeView(
              target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (posix != null) {
        PosixFileAttributes original =
            Files.readAttributes(source, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Ownership.give(posix, original);
        posix.setPermissions(original.permissions());
      }
      BasicFileAttributes original =
          Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(original.lastModifiedTime(), original.lastAccessTime(), null);
    }
  }
}
