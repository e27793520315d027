package io.overc.internal.file;

import io.overc.internal.time.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that others made, ended while it is read: once it gives more than it may in all, or once
 * what is held in memory, such as the headers of an entry of an archive, takes more. Reading can be
 * cancelled.
 *
 * <p>Libraries skip by reading: whoever reads headers has the content before them skipped first.
 */
public final class LimitedInput extends FilterInputStream {
  private final long most;
  private long given;
  private long end = Long.MAX_VALUE;

  /** Says in its message what was too much; {@code inAll} tells the whole from its headers. */
  public static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean inAll;

    ExceededException(String message, boolean inAll) {
      super(message);
      this.inAll = inAll;
    }

    public boolean inAll() {
      return inAll;
    }
  }

  /** Reads something, or nothing at the end. */
  public interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  public LimitedInput(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** Reads headers, which may take so many bytes. */
  public <T> @Nullable T headers(int limit, Reading<T> reading) throws IOException {
    end = given + limit;
    try {
      return reading.read();
    } finally {
      end = Long.MAX_VALUE;
    }
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Cancellation.check("reading an archive");
    int some = super.read(buffer, offset, length);
    count(Math.max(0, some));
    return some;
  }

  @Override
  public long skip(long n) throws IOException {
    long some = super.skip(n);
    count(some);
    return some;
  }

  private void count(long some) throws IOException {
    given += some;
    if (given > end) {
      throw new ExceededException("an entry has too many bytes of headers", false);
    }
    if (given > most) {
      throw new ExceededException("it unpacks to more than " + most + " bytes", true);
    }
  }
}
