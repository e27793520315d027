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
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int ENXIO = 6;

  /** Also EWOULDBLOCK. */
  public static final int EAGAIN = 11;

  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int ENOTTY = 25;
  public static final int ERANGE = 34;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int EOPNOTSUPP = 95;

  private Errno() {}

  public static int last() {
    return Native.getLastError();
  }

  public static String text(int error) {
    return Libc.strerror(error);
  }

  /**
   * The exception of this thread's last call, of the class that the JDK has for the error: {@link
   * NoSuchFileException} and the like.
   */
  public static FileSystemException failure(String attempt, Path file) {
    return failure(last(), attempt, file, null);
  }

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
