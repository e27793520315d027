package io.overc.exec;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.exec.PumpStreamHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts real processes; {@link SupervisedExecutor} holds what commons-exec leaves open. */
final class SystemCommandRunner implements CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SystemCommandRunner.class);

  /** How long output is awaited after the process has ended: an orphan may hold the pipe. */
  private static final Duration DRAIN = Duration.ofMillis(500);

  @Override
  public CommandResult run(Command command) {
    LOG.debug("Running {}", command);
    Consumer<String> lines = oneAtATime(command);
    LineOutput out = new LineOutput(command, lines);
    LineOutput err = new LineOutput(command, lines);
    PumpStreamHandler pumps = pumps(command, out, err);
    pumps.setStopTimeout(DRAIN);
    SupervisedExecutor executor =
        new SupervisedExecutor(processBuilder(command), command.timeout());
    long began = System.nanoTime();
    executor.execute(pumps, command);
    out.end();
    err.end();
    CommandResult result =
        new CommandResult(
            command,
            executor.exitCode(),
            out.text(),
            err.text(),
            Duration.ofNanos(System.nanoTime() - began));
    LOG.debug("{} returned {} after {}", command.tool(), result.exitCode(), result.took());
    if (executor.interrupted()) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while running " + command, null);
    }
    if (executor.timedOut()) {
      throw new CommandTimeoutException(result);
    }
    return result;
  }

  @Override
  public RunningCommand start(Command command) {
    LOG.debug("Starting {}", command);
    ProcessBuilder builder =
        processBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new SystemRunningCommand(builder.start());
    } catch (IOException e) {
      throw notStarted(command, e);
    }
  }

  @Override
  public int attach(Command command) {
    LOG.debug("Attaching {}", command);
    Process process;
    try {
      process = processBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw notStarted(command, e);
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      ProcessTree.end(process);
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while running " + command, e);
    }
  }

  static OvercException notStarted(Command command, IOException e) {
    String program = command.arguments().get(0);
    File directory = command.directory().map(path -> path.toFile()).orElse(null);
    if (directory != null && !directory.isDirectory()) {
      return new OvercException(
          "Could not run " + command + ": its directory " + directory + " is missing", e);
    }
    return new UnavailableException(
        "Could not run '"
            + program
            + "': "
            + (String.valueOf(e.getMessage()).contains("error=13")
                ? "it may not be executed; check its permissions"
                : "it is not there; " + Tools.cure(command.tool())));
  }

  private static PumpStreamHandler pumps(Command command, LineOutput out, LineOutput err) {
    byte[] input = command.input();
    return input.length == 0
        ? new PumpStreamHandler(out, err)
        : new PumpStreamHandler(out, err, new ByteArrayInputStream(input));
  }

  private static ProcessBuilder processBuilder(Command command) {
    ProcessBuilder builder = new ProcessBuilder(command.arguments());
    command.directory().ifPresent(path -> builder.directory(path.toFile()));
    command.outputFile().ifPresent(path -> builder.redirectOutput(path.toFile()));
    Map<String, String> environment = builder.environment();
    if (command.bareEnvironment()) {
      environment.keySet().retainAll(java.util.Set.of("PATH"));
    }
    environment.put("LC_ALL", "C");
    environment.putAll(command.environment());
    return builder;
  }

  private static Consumer<String> oneAtATime(Command command) {
    Object lock = new Object();
    return line -> {
      synchronized (lock) {
        try {
          command.lines().accept(line);
        } catch (RuntimeException e) {
          LOG.warn("A listener of {} failed", command.tool(), e);
        }
      }
    };
  }
}
