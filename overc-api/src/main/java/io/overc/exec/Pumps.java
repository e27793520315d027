package io.overc.exec;

import io.overc.internal.time.Waiting;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.exec.PumpStreamHandler;
import org.apache.commons.exec.StreamPumper;
import org.jspecify.annotations.Nullable;

/**
 * Moves the streams of one process with the pumps of commons-exec.
 *
 * <p>Only its pumps are used. Its executor trims arguments, loses the interrupt flag, and waits
 * seconds for a pipe that an orphan holds.
 */
final class Pumps extends PumpStreamHandler {
  private static final int BUFFER = 8192;

  /** How long a pump of input may take to notice that the process is gone. */
  private static final Duration INPUT_GRACE = Duration.ofMillis(500);

  private final List<Thread> outputs = new ArrayList<>();
  private final List<Thread> inputs = new ArrayList<>();

  private Pumps(
      @Nullable OutputStream out, @Nullable OutputStream err, @Nullable InputStream input) {
    super(out, err, input);
  }

  static Pumps of(Command command, OutputStream out, OutputStream err) {
    byte[] input = command.input();
    return new Pumps(
        command.outputFile().isPresent() ? null : out,
        err,
        input.length == 0 ? null : new ByteArrayInputStream(input));
  }

  void start(Process process) {
    setProcessInputStream(process.getOutputStream());
    setProcessOutputStream(new ProcessOutput(process.getInputStream(), process));
    setProcessErrorStream(new ProcessOutput(process.getErrorStream(), process));
    start();
  }

  /** Waits, once the process has ended, until everything it printed has been read. */
  void drain() {
    outputs.forEach(thread -> Waiting.join(thread, Duration.ZERO));
    inputs.forEach(thread -> Waiting.join(thread, INPUT_GRACE));
  }

  @Override
  protected Thread createPump(InputStream from, OutputStream to, boolean closeWhenExhausted) {
    Thread thread =
        new Thread(new StreamPumper(from, to, closeWhenExhausted, BUFFER), "overc-exec-pump");
    thread.setDaemon(true);
    (from instanceof ProcessOutput ? outputs : inputs).add(thread);
    return thread;
  }
}
