package io.overc.directory;

import io.overc.internal.time.Cancellation;
import io.overc.internal.tree.FileTree;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Puts a directory in the place of a subject by two renames: the old one aside, the new one in.
 *
 * <p>The new one is complete before the first rename. So if the subject is missing and an old one
 * lies beside, the second rename is what is left to do.
 */
final class Replacement {
  private final Path subject;
  private final Path fresh;
  private final Path old;
  private final SideEffects effects;

  Replacement(Path subjects, String name, SideEffects effects) {
    this.subject = subjects.resolve(name);
    this.fresh = subjects.resolve(".overc-restore-" + name);
    this.old = subjects.resolve(".overc-old-" + name);
    this.effects = effects;
  }

  Path subject() {
    return subject;
  }

  boolean subjectExists() {
    return Files.exists(subject, LinkOption.NOFOLLOW_LINKS);
  }

  void run(Shelf.Filling filling) throws IOException {
    try {
      effects.run("copy from snapshot", () -> filling.fill(fresh));
      if (subjectExists()) {
        effects.run("move subject aside", () -> Durable.rename(subject, old));
      }
      effects.run("move restored in", () -> Durable.rename(fresh, subject));
      effects.run("remove replaced", () -> FileTree.at(old).delete());
    } catch (IOException | RuntimeException e) {
      Cancellation.shielded(() -> putBack(e));
      throw e;
    }
  }

  /** Ends what a killed restore left; the lock of the subject is held. */
  void recover() throws IOException {
    if (!subjectExists() && Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
      Path winner = Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS) ? fresh : old;
      effects.run("end interrupted restore", () -> Durable.rename(winner, subject));
    }
    if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
      effects.run("remove replaced", () -> FileTree.at(old).delete());
    }
    if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
      effects.run("remove half-restored", () -> FileTree.at(fresh).delete());
    }
  }

  private void putBack(Exception cause) {
    try {
      if (!subjectExists() && Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
        effects.run("put subject back", () -> Durable.rename(old, subject));
      }
      recover();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
