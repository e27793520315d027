package io.overc.btrfs.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
    Path beside = beside(file);
    Files.writeString(beside, text);
    force(beside);
    rename(beside, file);
  }

  /**
   * Writes a text in place of what a file holds: afterwards the text is on the disk, and on btrfs
   * no later commit is without it.
   *
   * @param file the file
   * @param text what to write, as UTF-8
   * @throws IOException if it cannot be written
   */
  public static void writeBefore(Path file, String text) throws IOException {
    Path beside = beside(file);
    Files.writeString(beside, text);
    force(beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Writes a text in place of what a file holds, without waiting for the disk: after a power cut
   * the file may also be empty or not be there.
   *
   * @param file the file
   * @param text what to write, as UTF-8
   * @throws IOException if it cannot be written
   */
  public static void note(Path file, String text) throws IOException {
    Path beside = beside(file);
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Copies a file: when its name is there, after a power cut too, it is complete.
   *
   * @param from the file
   * @param to the copy; replaced if it exists
   * @throws IOException if it cannot be copied; nothing of it is left then
   */
  public static void copy(Path from, Path to) throws IOException {
    Path beside = beside(to);
    try {
      Files.copy(
          from, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      force(beside);
      Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(beside);
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

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    return parent;
  }
}
