package io.overc.exec;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Lets commons-exec pump the streams, but launches the process itself (commons-exec trims and
 * quotes arguments) and hands commons-exec a process that supervises its own waiting: a timeout or
 * an interrupt ends the whole tree, and neither loses the exit code.
 */
final class SupervisedExecutor extends DefaultExecutor {
  private final ProcessBuilder builder;
  private final Duration timeout;
  private @Nullable Supervised process;

  @SuppressWarnings("deprecation") // The builder of commons-exec cannot build a subclass.
  SupervisedExecutor(ProcessBuilder builder, Duration timeout) {
    this.builder = builder;
    this.timeout = timeout;
    setExitValues(null);
  }

  void execute(PumpStreamHandler pumps, Command command) {
    setStreamHandler(pumps);
    try {
      execute(new CommandLine(command.tool()));
    } catch (IOException e) {
      if (process == null) {
        throw SystemCommandRunner.notStarted(command, e);
      }
      // An orphan holds a pipe, or the tool closed its input early: the exit code still stands.
    }
  }

  @Override
  protected Process launch(CommandLine line, Map<String, String> environment, File directory)
      throws IOException {
    Supervised started = new Supervised(builder.start(), timeout);
    process = started;
    return started;
  }

  int exitCode() {
    return started().exitValue();
  }

  boolean timedOut() {
    return started().timedOut;
  }

  boolean interrupted() {
    return started().interrupted;
  }

  private Supervised started() {
    Supervised started = process;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  /** A process whose {@link #waitFor} ends it on timeout or interrupt instead of throwing. */
  private static final class Supervised extends ProcessDelegate {
    private final Duration timeout;
    private boolean timedOut;
    private boolean interrupted;

    Supervised(Process process, Duration timeout) {
      super(process);
      this.timeout = timeout;
    }

    @Override
    public int waitFor() {
      try {
        timedOut = !process().waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (timedOut || interrupted) {
        ProcessTree.end(process());
      }
      return process().exitValue();
    }
  }
}
