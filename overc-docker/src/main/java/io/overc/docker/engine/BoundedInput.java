package io.overc.docker.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a stream of others that unpacks to more than there is room for, or to endless headers. */
final class BoundedInput extends FilterInputStream {
  private final long most;
  private long all;
  private long headers = Long.MAX_VALUE;

  BoundedInput(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** What is read from now on are headers, of so many bytes at most. */
  void headers(int limit) {
    headers = limit;
  }

  /** What is read from now on is content. */
  void content() {
    headers = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
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
    all += some;
    headers -= some;
    if (headers < 0) {
      throw new IOException("a name in it is too long");
    }
    if (all > most) {
      throw new IOException("it unpacks to more than the %d bytes that are free".formatted(most));
    }
  }
}
