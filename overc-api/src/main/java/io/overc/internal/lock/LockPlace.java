package io.overc.internal.lock;

import io.overc.error.RefusedException;
import io.overc.internal.file.Owners;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What may lie at the path of a lock. */
enum LockPlace {
  /** A directory of ours: only files of this user and of root. */
  PRIVATE(false),
  /** A directory that the caller chose: files of its owner, too. */
  CHOSEN(true);

  private final boolean ofOwner;

  LockPlace(boolean ofOwner) {
    this.ofOwner = ofOwner;
  }

  void check(Path file, FileStatus status) throws IOException {
    if (!status.isRegular()) {
      throw refused(file, FileStatus.typeOf(status.mode()) + " is there");
    }
    if (status.links() > 1) {
      throw refused(file, "the file there has another name, too");
    }
    if (!Owners.isTrusted(status.owner())
        && !(ofOwner && status.owner() == ownerOf(file.resolveSibling(".")))) {
      throw refused(file, "the file there belongs to user " + status.owner());
    }
  }

  private static int ownerOf(Path directory) throws IOException {
    return FileStatus.of(directory).owner();
  }

  /** Refuses what is there if it is no file; nothing is fine. */
  void refuseOccupied(Path file) throws IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!there.isRegularFile()) {
      throw refused(file, typeOf(file, there) + " is there");
    }
  }

  private static String typeOf(Path file, BasicFileAttributes there) throws IOException {
    if (file.getFileSystem() == FileSystems.getDefault()
        && file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return FileStatus.typeOf(
          (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
    }
    return there.isDirectory()
        ? "a directory"
        : there.isSymbolicLink() ? "a symbolic link" : "a device";
  }

  private static RefusedException refused(Path file, String reason) {
    return new RefusedException(
        "Cannot use the lock file "
            + RawPath.shown(file)
            + ": "
            + reason
            + "; remove it and try again");
  }
}
