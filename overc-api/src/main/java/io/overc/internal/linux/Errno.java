package io.overc.internal.linux;

import com.sun.jna.Native;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The errors of {@link Libc}'s calls, by the numbers that all architectures of Linux share. */
public final class Errno {
  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** A pipe or device without another end. */
  public static final int ENXIO = 6;

  /** Resource temporarily unavailable; also EWOULDBLOCK. */
  public static final int EAGAIN = 11;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** File exists. */
  public static final int EEXIST = 17;

  /** Another file system. */
  public static final int EXDEV = 18;

  /** Not a directory. */
  public static final int ENOTDIR = 20;

  /** Is a directory. */
  public static final int EISDIR = 21;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Inappropriate request for this device. */
  public static final int ENOTTY = 25;

  /** Result too large for the buffer. */
  public static final int ERANGE = 34;

  /** The kernel lacks the call. */
  public static final int ENOSYS = 38;

  /** Directory not empty. */
  public static final int ENOTEMPTY = 39;

  /** A symbolic link where none is followed, or too many. */
  public static final int ELOOP = 40;

  /** No such extended attribute. */
  public static final int ENODATA = 61;

  /** Operation not supported. */
  public static final int EOPNOTSUPP = 95;

  private Errno() {}

  /**
   * Returns the error of this thread's last call.
   *
   * @return a number above 0 if that call failed
   */
  public static int last() {
    return Native.getLastError();
  }

  /**
   * Returns the system's words for an error.
   *
   * @return such as "No such file or directory"
   */
  public static String text(int error) {
    return Libc.strerror(error);
  }

  /**
   * Makes an exception of this thread's last call.
   *
   * @param attempt what was attempted, such as "open the directory"
   * @return {@link NoSuchFileException} and the like where the JDK has one for the error
   */
  public static FileSystemException failure(String attempt, Path file) {
    return failure(last(), attempt, file, null);
  }

  /**
   * Makes an exception of an error.
   *
   * @param other the other file of a rename or link
   * @return {@link NoSuchFileException} and the like where the JDK has one for the error
   */
  public static FileSystemException failure(
      int error, String attempt, Path file, @Nullable Path other) {
    String one = RawPath.shown(file);
    String two = other == null ? null : RawPath.shown(other);
    String reason = "cannot " + attempt + ": " + text(error);
    return switch (error) {
      case ENOENT -> new NoSuchFileException(one, two, reason);
      case EEXIST -> new FileAlreadyExistsException(one, two, reason);
      case EACCES, EPERM -> new AccessDeniedException(one, two, reason);
      default -> new FileSystemException(one, two, reason);
    };
  }
}
