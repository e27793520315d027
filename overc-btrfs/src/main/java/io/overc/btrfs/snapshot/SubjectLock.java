package io.overc.btrfs.snapshot;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.internal.file.IoErrors;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Lets one operation at a time change a subject; the lock dies with its holder. */
final class SubjectLock {
  private final Path root;

  SubjectLock(Path root) {
    this.root = root;
  }

  /** Does something under the lock of a subject, and tells the operation if it fails. */
  <T> T holding(Operation operation, String what, String subject, Work<T> work) {
    try {
      return holding(what, subject, work);
    } catch (RuntimeException e) {
      operation.failed(e);
      throw e;
    }
  }

  <T> T holding(String what, String subject, Work<T> work) {
    SnapshotId.checkSubject(subject);
    try {
      LockFile file = LockFile.at(root.resolve(".lock-" + subject), "the subvolume " + subject);
      try (HeldLock held = file.take(what)) {
        return work.run();
      }
    } catch (NoSuchFileException e) {
      throw new RefusedException("Could not " + what + ": " + e.getFile() + " is missing");
    } catch (IOException e) {
      throw IoErrors.failed(what, e);
    }
  }

  /** Does something with files. */
  interface Work<T> {
    T run() throws IOException;
  }
}
