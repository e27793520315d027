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

/** Turns what the file system says into words that always name the file and the reason. */
public final class IoErrors {
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
        .append(given == null ? kind(failure) : given)
        .toString();
  }

  private static String kind(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "it is already there";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory is not empty";
    }
    if (failure instanceof NotDirectoryException) {
      return "it is no directory";
    }
    if (failure instanceof NotLinkException) {
      return "it is no symbolic link";
    }
    return failure instanceof FileSystemLoopException ? "too many links" : words(failure);
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
