package io.overc.exec;

import io.overc.internal.time.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a process prints, and ends when the process ends, not when the last one closes the
 * pipe: a child that outlives it (an orphan) would keep the reading thread for as long as it lives.
 *
 * <p>So it never blocks in a read; it looks, and between looks waits for the process.
 */
final class ProcessOutput extends InputStream {
  private static final long SHORTEST_PAUSE = 1;
  private static final long LONGEST_PAUSE = 16;

  // While data flows the next look comes soon: a pipe holds 64 kB only.
  private static final int QUICK_LOOKS = 8;

  private static final long QUICK_PAUSE = 50_000;

  private final InputStream stream;
  private final Process process;
  private int quickLooks;
  private boolean ended;
  private long remaining;

  ProcessOutput(InputStream stream, Process process) {
    this.stream = stream;
    this.process = process;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long pause = SHORTEST_PAUSE;
    while (!ended) {
      int available = stream.available();
      if (available > 0) {
        quickLooks = QUICK_LOOKS;
        return stream.read(buffer, offset, Math.min(length, available));
      }
      if (quickLooks > 0) {
        quickLooks--;
        Waiting.briefly(QUICK_PAUSE);
        continue;
      }
      ended = awaitEnd(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      // All that the process wrote is in the pipe now; what comes later is somebody else's.
      remaining = ended ? stream.available() : 0;
    }
    int read = stream.read(buffer, offset, (int) Math.min(length, remaining));
    remaining -= Math.max(0, read);
    return read > 0 ? read : -1;
  }

  private boolean awaitEnd(long milliseconds) {
    try {
      return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
