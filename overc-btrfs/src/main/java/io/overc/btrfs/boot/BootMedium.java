package io.overc.btrfs.boot;

import io.overc.btrfs.fs.UnnamedFile;
import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The boot partition as those see it who come after a power cut: the boot loader, which replays no
 * journal and repairs nothing, and {@code e2fsck -p}, which stops the boot when it finds a file
 * without a name, unless it is empty.
 */
final class BootMedium {
  private static final Logger LOG = LoggerFactory.getLogger(BootMedium.class);

  private final Path boot;

  BootMedium(Path boot) {
    this.boot = boot;
  }

  /**
   * Waits until everything is where the boot loader looks for it. After an fsync a change may be in
   * the journal of the file system only. syncfs(2) brings it to its place, but it may still be in
   * the cache of the disk, which the fsync after it empties.
   */
  void settle() throws IOException {
    DurableFiles.syncFileSystem(boot);
    DurableFiles.syncDirectory(boot);
  }

  /**
   * Begins to copy a file: it has everything but its name, unless the file system has no files
   * without one, such as vfat.
   *
   * @return the copy, to be named by {@link Copy#giveName} after the next {@link #settle}, or to be
   *     closed, which leaves nothing of it
   */
  Copy copy(Path from, Path to) throws IOException {
    Path directory = to.resolveSibling("");
    Files.createDirectories(directory);
    Files.deleteIfExists(to);
    Copy copy = new Copy(UnnamedFile.in(directory), to);
    try {
      fill(from, copy.path());
      return copy;
    } catch (IOException e) {
      copy.close();
      Files.deleteIfExists(to);
      throw e;
    }
  }

  private static void fill(Path from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      Files.copy(from, out);
    }
    copyAttributes(from, to);
  }

  /** A complete file that is about to get its name. */
  record Copy(Optional<UnnamedFile> unnamed, Path target) implements AutoCloseable {
    Path path() {
      return unnamed.map(UnnamedFile::path).orElse(target);
    }

    void giveName() throws IOException {
      if (unnamed.isPresent()) {
        unnamed.get().giveName(target);
      }
    }

    @Override
    public void close() {
      unnamed.ifPresent(UnnamedFile::close);
    }
  }

  /** A vfat has no permissions and refuses to set them. */
  private static void copyAttributes(Path from, Path to) throws IOException {
    Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    try {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.debug("{} keeps the permissions it has: {}", to, e.toString());
    }
  }

  /**
   * Gives a file a second name, unless that is taken. File systems without links, such as vfat, are
   * left alone: the preflight warns of what that means.
   */
  void addName(Path file, Path second) throws IOException {
    if (Files.exists(second)) {
      return;
    }
    try {
      Files.createLink(second, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      LOG.debug("{} gets no second name: {}", file, e.toString());
    }
  }

  /**
   * Deletes a file, or only this name of it if it is a second name of another. A file is emptied on
   * the disk before it loses its last name: whatever part of the deletion a power cut leaves, there
   * is no file without a name that holds something.
   */
  void delete(Path file, Path other) throws IOException {
    if (!Files.exists(other) || !Files.isSameFile(file, other)) {
      Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      DurableFiles.sync(file);
    }
    Files.delete(file);
  }
}
