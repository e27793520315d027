package io.overc.opennebula.disk;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive of which no header is larger than the headers of real archives: a name, a comment
 * or a list of holes may have any length, and would be read into memory.
 */
final class LimitedTar extends TarArchiveInputStream {
  private final Source source;

  private LimitedTar(Source source) {
    super(source);
    this.source = source;
  }

  static LimitedTar of(Path file) throws IOException {
    return new LimitedTar(new Source(new BufferedInputStream(Files.newInputStream(file))));
  }

  /** Returns the next entry, or null at the end. */
  @Nullable TarArchiveEntry next() throws IOException {
    if (getCurrentEntry() != null) {
      // Content that nobody wanted, which may be skipped by reading it.
      while (skip(Long.MAX_VALUE) > 0) {}
    }
    source.left = Source.LARGEST_HEADER;
    try {
      return getNextEntry();
    } finally {
      source.left = Long.MAX_VALUE;
    }
  }

  /** Counts what is read while a header is. */
  private static final class Source extends FilterInputStream {
    static final long LARGEST_HEADER = 1 << 20;

    private long left = Long.MAX_VALUE;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count(read);
      return read;
    }

    private void count(int read) throws IOException {
      left -= Math.max(0, read);
      if (left < 0) {
        throw new IOException("the header of an entry has more than " + LARGEST_HEADER + " bytes");
      }
    }
  }
}
