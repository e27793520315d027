package io.overc.spi;

import io.overc.internal.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a backend of files needs to do a step durably: after it returns, no power cut takes it back.
 * An interrupt does not stop it, and stays set.
 *
 * <pre>{@code
 * Files.copy(subject, draft);
 * Durable.sync(draft);            // in capture
 * Durable.rename(draft, snapshot); // in publish
 * }</pre>
 */
public final class Durable {
  private Durable() {}

  /**
   * Renames a file or directory, in place of another file of that name.
   *
   * @param from what is renamed
   * @param to its new name on the same file system
   * @throws IOException if it cannot be renamed: both are as before; or if its directory cannot be
   *     written to the disk: it has the new name, but a power cut may take that back
   */
  public static void rename(Path from, Path to) throws IOException {
    DurableFiles.rename(from, to);
  }

  /**
   * Waits until the content of a file, or the names in a directory, are on the disk.
   *
   * @param path the file or directory
   * @throws IOException if it cannot be written
   */
  public static void sync(Path path) throws IOException {
    DurableFiles.sync(path);
  }

  /**
   * Deletes a file or an empty directory, if it is there.
   *
   * @param path the file
   * @return whether it was there
   * @throws IOException if it cannot be deleted
   */
  public static boolean delete(Path path) throws IOException {
    return DurableFiles.delete(path);
  }
}
