package io.overc.exec;

import io.overc.internal.time.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.StreamPumper;

/** Moves the streams of one process with the pumps of commons-exec. */
// Its executor is not used: it trims arguments, loses the interrupt flag, and waits seconds for a
// pipe that an orphan holds.
final class Pumps {
  private static final int BUFFER = 8192;

  // How long a pump of input may take to notice that the process is gone.
  private static final Duration INPUT_GRACE = Duration.ofMillis(500);

  private final List<StreamPumper> outputs = new ArrayList<>();
  private final List<Thread> outputThreads = new ArrayList<>();
  private final List<Thread> inputThreads = new ArrayList<>();

  Pumps(Command command, Process process, OutputStream out, OutputStream err) {
    if (command.outputFile().isEmpty()) {
      ProcessOutput printed = new ProcessOutput(process.getInputStream(), process);
      outputs.add(new StreamPumper(printed, out, false, BUFFER));
    }
    ProcessOutput complained = new ProcessOutput(process.getErrorStream(), process);
    outputs.add(new StreamPumper(complained, err, false, BUFFER));
    feed(process.getOutputStream(), command.input());
  }

  private void feed(OutputStream stdin, byte[] input) {
    if (input.length > 0) {
      ByteArrayInputStream from = new ByteArrayInputStream(input);
      inputThreads.add(started(new StreamPumper(from, stdin, true, BUFFER)));
      return;
    }
    try {
      stdin.close();
    } catch (IOException e) {
      // The process is gone already, and nothing was to be sent.
    }
  }

  /** Moves what the process prints while it runs, so that it never waits on a full pipe. */
  void start() {
    outputs.forEach(pump -> outputThreads.add(started(pump)));
  }

  /** Waits, once the process has ended, until everything it printed has been read. */
  void drain() {
    if (outputThreads.isEmpty()) {
      outputs.forEach(StreamPumper::run);
    }
    outputThreads.forEach(thread -> Waiting.join(thread, Duration.ZERO));
    inputThreads.forEach(thread -> Waiting.join(thread, INPUT_GRACE));
  }

  private static Thread started(Runnable pump) {
    Thread thread = new Thread(pump, "overc-exec-pump");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * Reads what a process prints, and ends when the process ends, not when the last one closes the
   * pipe: a child that outlives it (an orphan) would keep the reading thread for as long as it
   * lives.
   *
   * <p>So it never blocks in a read; it looks, and between looks waits for the process.
   */
  private static final class ProcessOutput extends InputStream {
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
}
