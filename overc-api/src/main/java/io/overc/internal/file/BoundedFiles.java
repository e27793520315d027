package io.overc.internal.file;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.OpenFlags;
import io.overc.internal.linux.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads whole files that others may have written: at most {@code limit} bytes, of regular files
 * only. A pipe or device is refused, with {@link LinkOption#NOFOLLOW_LINKS} a symbolic link too;
 * nothing is waited for. What is thrown names the file and the reason.
 */
public final class BoundedFiles {
  /** Enough for configs, states and labels: 1 MiB. */
  public static final int SMALL = 1 << 20;

  private static final int BLOCK = 1 << 16;

  /** Most files are small, and memory outside of the heap takes longer to get than to fill. */
  private static final ThreadLocal<NativeBuffer> PAGE =
      ThreadLocal.withInitial(() -> new NativeBuffer(4096));

  private static final ThreadLocal<FileStatus> STATUS = ThreadLocal.withInitial(FileStatus::new);

  private BoundedFiles() {}

  public static byte[] read(Path file, int limit, LinkOption... links) throws IOException {
    return Libc.available() && file.getFileSystem() == FileSystems.getDefault()
        ? byDescriptor(file, limit, links.length > 0)
        : byJdk(file, limit, links);
  }

  public static Optional<byte[]> readIfExists(Path file, int limit, LinkOption... links)
      throws IOException {
    try {
      return Optional.of(read(file, limit, links));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a text of which each byte is one character, so that none is lost; see {@link
   * ForeignText}.
   */
  public static String latin(Path file, int limit, LinkOption... links) throws IOException {
    return new String(read(file, limit, links), StandardCharsets.ISO_8859_1);
  }

  /** Reads the lines of such a text. Only a line feed ends a line. */
  public static List<String> lines(Path file, int limit, LinkOption... links) throws IOException {
    String text = latin(file, limit, links);
    if (text.isEmpty()) {
      return List.of();
    }
    String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return Arrays.asList(whole.split("\n", -1));
  }

  /** Reads a text of our own, or one that is only shown; what is no UTF-8 is replaced. */
  public static String utf8(Path file, int limit, LinkOption... links) throws IOException {
    return new String(read(file, limit, links), StandardCharsets.UTF_8);
  }

  private static byte[] byDescriptor(Path file, int limit, boolean noLink) throws IOException {
    // NONBLOCK: to open a pipe would wait for its writer.
    int flags = OpenFlags.NONBLOCK | OpenFlags.CLOEXEC | (noLink ? OpenFlags.NOFOLLOW : 0);
    int descriptor = Libc.openat(Libc.AT_FDCWD, RawPath.terminated(file), flags, 0);
    if (descriptor < 0) {
      throw Errno.failure("open", file);
    }
    try {
      FileStatus status = STATUS.get();
      if (!status.read(descriptor)) {
        throw Errno.failure("read the status of", file);
      }
      if (!status.isRegular()) {
        throw unreadable(file, "it is " + FileStatus.typeOf(status.mode()));
      }
      checkSize(file, status.size(), limit);
      return readAll(descriptor, file, limit, status.size());
    } finally {
      Libc.close(descriptor);
    }
  }

  // Files of /proc say that they are empty, and files grow.
  private static byte[] readAll(int descriptor, Path file, int limit, long size)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream((int) size);
    NativeBuffer page = PAGE.get();
    NativeBuffer block =
        size < page.size() ? page : new NativeBuffer((int) Math.min(size + 1, BLOCK));
    while (true) {
      long length = Libc.read(descriptor, block.address(), block.size());
      if (length < 0) {
        if (Errno.last() == Errno.EINTR) {
          continue;
        }
        throw Errno.failure("read", file);
      }
      content.write(block.copy(0, (int) length), 0, (int) length);
      checkSize(file, content.size(), limit);
      // What the size says is all, if more would have fitted; files of /proc say nothing.
      if (length == 0 || (size > 0 && content.size() >= size && length < block.size())) {
        return content.toByteArray();
      }
    }
  }

  private static byte[] byJdk(Path file, int limit, LinkOption... links) throws IOException {
    if (!Files.isRegularFile(file, links) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw unreadable(file, "it is no regular file");
    }
    checkSize(file, Files.size(file), limit);
    try (InputStream in = Files.newInputStream(file, (OpenOption[]) links)) {
      byte[] content = in.readNBytes(limit + 1);
      checkSize(file, content.length, limit);
      return content;
    }
  }

  private static void checkSize(Path file, long size, int limit) throws IOException {
    if (size > limit) {
      throw unreadable(
          file, "it has %d bytes, more than the %d it may have".formatted(size, limit));
    }
  }

  private static FileSystemException unreadable(Path file, String reason) {
    return new FileSystemException(RawPath.shown(file), null, "cannot read: " + reason);
  }
}
