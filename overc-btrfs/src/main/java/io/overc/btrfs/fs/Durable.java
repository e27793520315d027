package io.overc.btrfs.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files so that they survive a power cut: temporary file, fsync, rename, fsync. */
public final class Durable {
  private Durable() {}

  /**
   * Writes a text in place of what a file holds: afterwards, and after a power cut, the file holds
   * the old text or the new one.
   *
   * @param file the file
   * @param text what to write, as UTF-8
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel = forWriting(beside)) {
      Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.UTF_8));
      channel.force(true);
    }
    rename(beside, file);
  }

  /**
   * Copies a file and waits until the copy is on the disk. Its name is there first: without a
   * journal a power cut would otherwise leave a file without a name, which stops the next boot.
   *
   * @param from the file
   * @param to the copy; replaced if it exists
   * @throws IOException if it cannot be copied; the copy is then removed
   */
  public static void copy(Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        FileChannel channel = forWriting(to)) {
      syncDirectory(parent(to));
      in.transferTo(Channels.newOutputStream(channel));
      channel.force(true);
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
      Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    } catch (IOException e) {
      Files.deleteIfExists(to);
      throw e;
    }
  }

  /**
   * Renames a file over another and waits until the directory is on the disk.
   *
   * @param from the file
   * @param to its new name in the same directory
   * @throws IOException if it cannot be renamed
   */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(to));
  }

  /**
   * Deletes a file, if it is there, and waits until the directory is on the disk.
   *
   * @param file the file
   * @throws IOException if it cannot be deleted
   */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(parent(file));
    }
  }

  /**
   * Waits until a directory's entries are on the disk.
   *
   * @param directory the directory
   * @throws IOException if it cannot be synced
   */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileChannel forWriting(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
