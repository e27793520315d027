package io.overc.lxc.disk;

import io.overc.error.VerificationException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Opens a tar archive, however it is compressed: by its first bytes, not by its name. */
final class ArchiveReader {
  private static final int LONGEST_MAGIC = 6;

  /** How a tar archive is compressed, and the option by which tar is told. */
  enum Compression {
    NONE(""),
    GZIP("--gzip"),
    BZIP2("--bzip2"),
    XZ("--xz"),
    ZSTD("--zstd");

    private final String option;

    Compression(String option) {
      this.option = option;
    }

    String option() {
      return option;
    }
  }

  private ArchiveReader() {}

  static Compression compression(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(LONGEST_MAGIC);
      if (starts(magic, 0x1f, 0x8b)) {
        return Compression.GZIP;
      } else if (starts(magic, 'B', 'Z', 'h')) {
        return Compression.BZIP2;
      } else if (starts(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
        return Compression.XZ;
      } else if (starts(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
        return Compression.ZSTD;
      }
      return Compression.NONE;
    } catch (IOException e) {
      throw Disk.failed("read " + file, e);
    }
  }

  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      return switch (compression(file)) {
        case NONE -> in;
        case GZIP ->
            GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
        case BZIP2 -> new BZip2CompressorInputStream(in, true);
        case XZ ->
            XZCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
        case ZSTD -> new ZstdCompressorInputStream(in);
      };
    } catch (IOException e) {
      in.close();
      throw new VerificationException(file + " is damaged: " + e.getMessage() + "; fetch it again");
    }
  }

  private static boolean starts(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
