package io.overc.directory;

import io.overc.internal.file.DurableFiles;
import io.overc.internal.linux.Libc;
import io.overc.internal.tree.FileTree;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The directory of subjects. Beside {@code NAME} there may be {@code .overc-restore-NAME}, which a
 * restore makes, and {@code .overc-old-NAME}, which it replaced.
 *
 * <p>The new one is complete before it comes into place. So if the subject is missing and an old
 * one lies beside, the second of two renames is what is left to do.
 */
final class SubjectDirectories {
  private final Path root;
  private final SideEffects effects;

  SubjectDirectories(Path root, SideEffects effects) {
    this.root = root;
    this.effects = effects;
  }

  Path path(String subject) {
    return root.resolve(subject);
  }

  private Path fresh(String subject) {
    return root.resolve(".overc-restore-" + subject);
  }

  private Path old(String subject) {
    return root.resolve(".overc-old-" + subject);
  }

  boolean exists(String subject) {
    return Files.exists(path(subject), LinkOption.NOFOLLOW_LINKS);
  }

  void draft(String subject, FileTree content) throws IOException {
    effects.run("copy from snapshot", () -> content.copyTo(fresh(subject)));
  }

  void putInPlace(String subject) throws IOException {
    if (!exists(subject)) {
      effects.run("move restored in", () -> DurableFiles.rename(fresh(subject), path(subject)));
    } else if (!exchanged(subject)) {
      replace(subject);
    }
  }

  // Puts one in the place of the other in one step, so that the name always has something.
  private boolean exchanged(String subject) throws IOException {
    if (root.getFileSystem() != FileSystems.getDefault() || !Libc.available()) {
      return false;
    }
    try {
      effects.run("exchange", () -> DurableFiles.exchange(path(subject), fresh(subject)));
    } catch (FileSystemException e) {
      return false; // Not every file system can; the renames say what else is wrong.
    }
    DurableFiles.syncDirectory(root);
    return true;
  }

  private void replace(String subject) throws IOException {
    try {
      effects.run("move subject aside", () -> DurableFiles.rename(path(subject), old(subject)));
      effects.run("move restored in", () -> DurableFiles.rename(fresh(subject), path(subject)));
    } catch (IOException | RuntimeException e) {
      putBack(subject, e);
      throw e;
    }
  }

  private void putBack(String subject, Exception cause) {
    try {
      if (!exists(subject)) {
        effects.run("put subject back", () -> DurableFiles.rename(old(subject), path(subject)));
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  void recover(String subject) throws IOException {
    if (!exists(subject) && isDirectory(old(subject))) {
      Path winner = isDirectory(fresh(subject)) ? fresh(subject) : old(subject);
      effects.run("end interrupted restore", () -> DurableFiles.rename(winner, path(subject)));
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  void clean(String subject) throws IOException {
    Removals removals = new Removals(effects);
    removals.remove("remove replaced", old(subject));
    removals.remove("remove half-restored", fresh(subject));
    removals.end();
  }
}
