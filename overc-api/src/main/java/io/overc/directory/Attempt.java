package io.overc.directory;

import io.overc.error.OvercException;
import io.overc.event.Operation;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Turns what the file system says into an error that says what was attempted. */
final class Attempt {
  private Attempt() {}

  static <T> T to(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new OvercException("Could not " + what + ": " + reason(e), e);
    }
  }

  /** Tells the operation too. */
  static <T> T to(Operation operation, String what, Work<T> work) {
    try {
      return to(what, work);
    } catch (RuntimeException e) {
      operation.failed(e);
      throw e;
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException failure && failure.getReason() == null
        ? failure.getClass().getSimpleName() + " " + failure.getFile()
        : String.valueOf(e.getMessage());
  }

  /** Does something with files. */
  interface Work<T> {
    T run() throws IOException;
  }
}
