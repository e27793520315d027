package io.overc.btrfs.snapshot;

import io.overc.btrfs.fs.Libc;
import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.snapshot.SubjectNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

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
    SubjectNames.check(subject);
    try {
      Files.createDirectories(root);
      Path file = root.resolve(".lock-" + subject);
      if (Files.notExists(file)) {
        Files.writeString(file, "");
      }
      Optional<Libc.Lock> lock = Libc.lock(file);
      if (lock.isEmpty()) {
        throw new BusyException("the subvolume " + subject, Files.readString(file).strip());
      }
      Libc.Lock held = lock.get();
      try {
        Files.writeString(file, "pid " + ProcessHandle.current().pid() + ": " + what);
        return work.run();
      } finally {
        held.close();
      }
    } catch (NoSuchFileException e) {
      throw new RefusedException("Could not " + what + ": " + e.getFile() + " is missing");
    } catch (IOException e) {
      throw new OvercException("Could not " + what + ": " + e.getMessage(), e);
    }
  }

  /** Does something with files. */
  interface Work<T> {
    T run() throws IOException;
  }
}
