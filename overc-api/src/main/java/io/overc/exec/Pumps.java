package io.overc.exec;

import io.overc.internal.time.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
}
