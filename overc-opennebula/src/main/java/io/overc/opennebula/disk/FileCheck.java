package io.overc.opennebula.disk;

import io.overc.error.NotFoundException;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.internal.file.IoErrors;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Compares a file with the size and the checksum that the image list promises. */
public final class FileCheck {
  private static final int BUFFER = 1 << 20;
  private static final Remedy DOWNLOAD = Remedy.other("download it again");

  private FileCheck() {}

  /** Checks a file. */
  public static void verify(Path file, long size, String sha512, LongConsumer progress) {
    copy(file, OutputStream.nullOutputStream(), size, sha512, progress);
  }

  /** Checks a file by what is copied from it, which nobody can change any more. */
  static void copy(Path file, OutputStream to, long size, String sha512, LongConsumer progress) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotFoundException(
            "The image file " + file + " does not exist",
            Remedy.other("check whether VMcatcher moved or expired it"));
      }
      if (!Files.isRegularFile(file)) {
        throw new VerificationException("The image " + file + " is not a file");
      }
      try (SeekableByteChannel channel = Files.newByteChannel(file)) {
        requireSize(file, channel.size(), size);
        String digest = digest(file, Channels.newInputStream(channel), to, size, progress);
        if (!digest.equals(sha512.strip().toLowerCase(Locale.ROOT))) {
          throw new VerificationException(
              "The image file %s has the SHA-512 %s, the image list says %s"
                  .formatted(file, digest, sha512),
              DOWNLOAD);
        }
      }
    } catch (IOException e) {
      throw IoErrors.failed("read the image file " + file, e);
    }
  }

  private static void requireSize(Path file, long found, long size) {
    if (found != size) {
      throw new VerificationException(
          "The image file %s has %d bytes, the image list says %d (HV_SIZE)"
              .formatted(file, found, size),
          DOWNLOAD);
    }
  }

  private static String digest(
      Path file, InputStream in, OutputStream to, long size, LongConsumer progress)
      throws IOException {
    MessageDigest digest = sha512();
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      Cancellation.check("checking " + file);
      digest.update(buffer, 0, n);
      done += n;
      if (done > size) {
        requireSize(file, done, size); // It grows.
      }
      to.write(buffer, 0, n);
      progress.accept(done);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }
}
