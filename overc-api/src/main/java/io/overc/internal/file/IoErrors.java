package io.overc.internal.file;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Map;

/** Turns what the file system says into words that always name the file and the reason. */
public final class IoErrors {
  // Where the JDK gives no reason, the class is all there is.
  private static final Map<Class<?>, String> KINDS =
      Map.of(
          NoSuchFileException.class, "no such file or directory",
          AccessDeniedException.class, "permission denied",
          FileAlreadyExistsException.class, "it is already there",
          DirectoryNotEmptyException.class, "the directory is not empty",
          NotDirectoryException.class, "it is no directory",
          NotLinkException.class, "it is no symbolic link",
          FileSystemLoopException.class, "too many links");

  private IoErrors() {}

  /**
   * Returns {@link InterruptedOperationException} if the thread was interrupted; its flag is set.
   */
  public static OvercException failed(String attempt, IOException cause) {
    if (cause instanceof ClosedByInterruptException
        || cause instanceof FileLockInterruptionException
        || cause instanceof java.io.InterruptedIOException) {
      Thread.currentThread().interrupt();
      return new InterruptedOperationException("Interrupted: could not " + attempt, cause);
    }
    return new OvercException("Could not " + attempt + ": " + reason(cause), cause);
  }

  public static String reason(Throwable cause) {
    if (cause instanceof FileSystemException failure) {
      return ofFile(failure);
    }
    if (cause instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return reason(unchecked.getCause());
    }
    if (cause instanceof ReadOnlyFileSystemException) {
      return "the file system is read-only";
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? words(cause) : message;
  }

  private static String ofFile(FileSystemException failure) {
    StringBuilder text = new StringBuilder();
    if (failure.getFile() != null) {
      text.append(failure.getFile());
    }
    if (failure.getOtherFile() != null) {
      text.append(" -> ").append(failure.getOtherFile());
    }
    String given = failure.getReason();
    return text.append(text.isEmpty() ? "" : ": ")
        .append(given == null ? KINDS.getOrDefault(failure.getClass(), words(failure)) : given)
        .toString();
  }

  // Takes the words of a class's name apart: EOFException has no other ones.
  private static String words(Throwable cause) {
    return cause
        .getClass()
        .getSimpleName()
        .replaceFirst("(?<=.)Exception$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ");
  }
}
