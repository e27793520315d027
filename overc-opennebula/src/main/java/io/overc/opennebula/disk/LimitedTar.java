package io.overc.opennebula.disk;

import io.overc.internal.file.LimitedInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.utils.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive of which no header is larger than the headers of real archives: a name, a comment
 * or a list of holes may have any length, and would be read into memory.
 */
final class LimitedTar extends TarArchiveInputStream {
  private static final int LARGEST_HEADER = 1 << 20;

  private final LimitedInput source;

  private LimitedTar(LimitedInput source) {
    super(source);
    this.source = source;
  }

  static LimitedTar of(Path file) throws IOException {
    return new LimitedTar(
        new LimitedInput(new BufferedInputStream(Files.newInputStream(file)), Long.MAX_VALUE));
  }

  /** Returns the next entry, or null at the end. */
  @Nullable TarArchiveEntry next() throws IOException {
    if (getCurrentEntry() != null) {
      IOUtils.skip(this, Long.MAX_VALUE);
    }
    return source.headers(LARGEST_HEADER, this::getNextEntry);
  }
}
