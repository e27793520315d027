package io.overc.opennebula.lifecycle;

import io.overc.internal.file.IoErrors;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps other handlers of this user on this machine from the same image file while it is converted.
 * The file itself is not touched, so that its reading cannot drop the lock.
 */
final class FileGuard {
  private FileGuard() {}

  /** Waits for the file. */
  static HeldLock hold(Path file, Duration patience) {
    try {
      return LockDirectory.standard()
          .lock("image", "the image file " + file, RawPath.encode(real(file)))
          .take("register the image", patience);
    } catch (IOException e) {
      throw IoErrors.failed("lock the image file " + file, e);
    }
  }

  private static Path real(Path file) throws IOException {
    try {
      return file.toRealPath();
    } catch (NoSuchFileException e) {
      return file.toAbsolutePath(); // Removed meanwhile: reading it will fail.
    }
  }
}
