package io.overc.docker;

import io.overc.error.UnavailableException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Calls the docker command.
 *
 * @param runner starts it
 * @param command the command and its own options
 * @param timeout how long a plain call may take
 */
record Docker(CommandRunner runner, List<String> command, Duration timeout) {
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "Cannot connect to the Docker daemon|Is the docker daemon running|error during connect"
              + "|permission denied while trying to connect|unable to connect to Podman");

  /** Begins a call. */
  CommandBuilder call(String... arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  /** Begins a call. */
  CommandBuilder call(Collection<String> arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  /** Makes a call that must succeed. */
  CommandResult must(String attempt, String... arguments) {
    return must(attempt, call(arguments).build());
  }

  /** Makes a call that must succeed. */
  CommandResult must(String attempt, Command call) {
    return run(call).orThrow(attempt);
  }

  /** Makes a call that may fail for its own reasons, but not because the engine is away. */
  CommandResult run(Command call) {
    CommandResult result = runner.run(call);
    if (!result.succeeded() && UNREACHABLE.matcher(result.stderr()).find()) {
      throw new UnavailableException(
          "The Docker engine did not answer "
              + call
              + ": "
              + result.stderr().strip()
              + "; start it (dockerd, or 'systemctl start docker'), or set DOCKER_HOST");
    }
    return result;
  }

  /** Makes a call that may fail for its own reasons, but not because the engine is away. */
  CommandResult run(String... arguments) {
    return run(call(arguments).build());
  }

  /** Returns the end of what a container printed. */
  List<String> log(String container, int lines) {
    List<String> log = new ArrayList<>();
    must(
        "read the log of " + container,
        call("logs", "--tail", String.valueOf(lines), container).lines(log::add).build());
    return List.copyOf(log);
  }

  /** Tells whether a call failed because what it names is not there. */
  static boolean missing(CommandResult result) {
    return !result.succeeded()
        && Pattern.compile("(?i)no such|not found|not known|no container with name or ID")
            .matcher(result.stderr())
            .find();
  }

  /** Tells whether a call failed because the name is taken. */
  static boolean taken(CommandResult result) {
    return !result.succeeded()
        && (result.stderr().contains("already in use")
            || result.stderr().contains("already exists")
            || result.stderr().contains("already used"));
  }
}
