package io.overc.exec;

import io.overc.error.InterruptedOperationException;
import io.overc.internal.time.Cancellation;
import io.overc.internal.time.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts real processes; {@link Pumps} moves their streams, {@link ProcessTree} ends them. */
final class SystemCommandRunner implements CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SystemCommandRunner.class);

  // The exit code of a process that not even SIGKILL has ended yet.
  private static final int UNENDED = 128 + 9;

  // Most tools are done so soon that threads which read from them would cost more than they do.
  // What they print until then fits into the pipe, or waits this long.
  private static final Duration MOMENT = Duration.ofMillis(3);

  @Override
  public CommandResult run(Command command) {
    Cancellation.check(() -> "about to run " + command.summary());
    LOG.debug("Running {}", command);
    GuardedLines lines = new GuardedLines(command);
    LineOutput out = new LineOutput(command, lines::out);
    LineOutput err = new LineOutput(command, lines::err);
    long began = System.nanoTime();
    CommandMark mark = new CommandMark();
    Process process = launch(command, processBuilder(command, mark));
    Pumps pumps = new Pumps(command, process, out, err);
    Duration limit = Cancellation.limit(command.timeout());
    End end = await(process, limit.compareTo(MOMENT) < 0 ? limit : MOMENT);
    if (end == End.TIMEOUT) {
      pumps.start();
      end = await(process, limit);
    }
    if (end != End.BY_ITSELF) {
      // Not the process alone: its children would go on, and keep the pipes open.
      new ProcessTree(process, mark).end();
    }
    pumps.drain();
    out.end();
    err.end();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    CommandResult result =
        new CommandResult(command, exitCode(process), out.text(), err.text(), took);
    LOG.debug("{} returned {} after {}", command.tool(), result.exitCode(), took);
    return switch (end) {
      case BY_ITSELF -> result;
      case TIMEOUT -> {
        if (limit.compareTo(command.timeout()) < 0) {
          throw Cancellation.exceeded("running " + command.summary());
        }
        throw new CommandTimeoutException(result);
      }
      case INTERRUPT -> {
        Thread.currentThread().interrupt();
        throw new InterruptedOperationException(
            "Interrupted while running " + command.summary(), null);
      }
    };
  }

  @Override
  public RunningCommand start(Command command) {
    LOG.debug("Starting {}", command);
    CommandMark mark = new CommandMark();
    return new SystemRunningCommand(
        launch(
            command,
            processBuilder(command, mark)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)),
        mark);
  }

  @Override
  public int attach(Command command) {
    LOG.debug("Attaching {}", command);
    CommandMark mark = new CommandMark();
    Process process = launch(command, processBuilder(command, mark).inheritIO());
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      new ProcessTree(process, mark).end();
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while running " + command, e);
    }
  }

  private static Process launch(Command command, ProcessBuilder builder) {
    Encoding.check(command);
    try {
      return builder.start();
    } catch (IOException e) {
      throw LaunchFailure.of(command, e);
    }
  }

  private static End await(Process process, Duration timeout) {
    long began = System.nanoTime();
    // Saturates where Duration.toNanos would overflow.
    long limit = TimeUnit.NANOSECONDS.convert(timeout);
    while (true) {
      try {
        long left = limit - (System.nanoTime() - began);
        return process.waitFor(left, TimeUnit.NANOSECONDS) ? End.BY_ITSELF : End.TIMEOUT;
      } catch (InterruptedException e) {
        if (!Cancellation.postponed()) {
          return End.INTERRUPT;
        }
      }
    }
  }

  private static int exitCode(Process process) {
    return process.isAlive() ? UNENDED : process.exitValue();
  }

  private static ProcessBuilder processBuilder(Command command, CommandMark mark) {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    command.directory().ifPresent(path -> builder.directory(path.toFile()));
    command.outputFile().ifPresent(path -> builder.redirectOutput(path.toFile()));
    Map<String, String> environment = builder.environment();
    if (command.bareEnvironment()) {
      environment.keySet().retainAll(Set.of("PATH"));
    }
    environment.put("LC_ALL", "C"); // What tools print is read, so it must not be translated.
    environment.putAll(command.environment());
    mark.putInto(environment);
    return builder;
  }

  private enum End {
    BY_ITSELF,
    TIMEOUT,
    INTERRUPT
  }

  /** A real process that runs beside this one. */
  private static final class SystemRunningCommand implements RunningCommand {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;
    private final CommandMark mark;

    SystemRunningCommand(Process process, CommandMark mark) {
      this.process = process;
      this.mark = mark;
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public boolean alive() {
      return process.isAlive();
    }

    @Override
    public void close() {
      ProcessTree tree = new ProcessTree(process, mark);
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // The other end is gone already: that is what closing is for.
      }
      Waiting.end(process, GRACE);
      tree.end();
    }
  }
}
