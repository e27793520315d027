package io.overc.docker.engine;

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
public record Docker(CommandRunner runner, List<String> command, Duration timeout) {
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "Cannot connect to the Docker daemon|Is the docker daemon running|error during connect"
              + "|permission denied while trying to connect|unable to connect to Podman");

  /**
   * Begins a call.
   *
   * @param arguments the subcommand and what follows it
   * @return the call, with the timeout of a plain one
   */
  public CommandBuilder call(String... arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  /**
   * Begins a call.
   *
   * @param arguments the subcommand and what follows it
   * @return the call, with the timeout of a plain one
   */
  public CommandBuilder call(Collection<String> arguments) {
    return Command.of(command).arguments(arguments).timeout(timeout);
  }

  /**
   * Makes a call that must succeed.
   *
   * @param attempt what it is to do, for the message if it fails
   * @param arguments the subcommand and what follows it
   * @return what came of it
   */
  public CommandResult must(String attempt, String... arguments) {
    return must(attempt, call(arguments).build());
  }

  /**
   * Makes a call that must succeed.
   *
   * @param attempt what it is to do, for the message if it fails
   * @param call the call
   * @return what came of it
   */
  public CommandResult must(String attempt, Command call) {
    return run(call).orThrow(attempt);
  }

  /**
   * Makes a call that may fail for its own reasons, but not because the engine is away.
   *
   * @param call the call
   * @return what came of it
   * @throws UnavailableException if the engine does not answer
   */
  public CommandResult run(Command call) {
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

  /**
   * Makes a call that may fail for its own reasons, but not because the engine is away.
   *
   * @param arguments the subcommand and what follows it
   * @return what came of it
   * @throws UnavailableException if the engine does not answer
   */
  public CommandResult run(String... arguments) {
    return run(call(arguments).build());
  }

  /**
   * Returns the end of what a container printed.
   *
   * @param container its name
   * @param lines how many lines at most
   * @return the lines
   */
  public List<String> log(String container, int lines) {
    List<String> log = new ArrayList<>();
    must(
        "read the log of " + container,
        call("logs", "--tail", String.valueOf(lines), container).lines(log::add).build());
    return List.copyOf(log);
  }

  /**
   * Tells whether a call failed because what it names is not there.
   *
   * @param result what came of the call
   * @return whether it is so
   */
  public static boolean missing(CommandResult result) {
    return !result.succeeded()
        && Pattern.compile("(?i)no such|not found|not known|no container with name or ID")
            .matcher(result.stderr())
            .find();
  }

  /**
   * Tells whether a call failed because the name is taken.
   *
   * @param result what came of the call
   * @return whether it is so
   */
  public static boolean taken(CommandResult result) {
    return !result.succeeded()
        && (result.stderr().contains("already in use")
            || result.stderr().contains("already exists")
            || result.stderr().contains("already used"));
  }
}
