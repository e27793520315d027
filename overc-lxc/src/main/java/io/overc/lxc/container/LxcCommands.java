package io.overc.lxc.container;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Cancellation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.spi.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts and stops containers, and finds out which run. */
public record LxcCommands(
    Path lxcpath,
    RunningContainers running,
    Duration startTimeout,
    Duration stopTimeout,
    CommandRunner runner) {
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Tells whether a container runs; one that is frozen does. */
  public boolean runs(String name) {
    return running.covers(name) ? running.runs(name) : asked(name) != Instance.State.STOPPED;
  }

  /** Returns the state of a container; asks LXC only where it runs. */
  public Instance.State state(String name) {
    return runs(name) ? asked(name) : Instance.State.STOPPED;
  }

  /** Starts a container; whether it becomes ready is not waited for. */
  public void start(String name) {
    Cancellation.check("starting the container " + name);
    running.requireFree(name);
    // Returns 0 for an init that ends at once, too.
    tool("lxc-start", name, startTimeout).orThrow("start the container " + name);
  }

  public CommandResult attach(String name, List<String> command, Duration limit) {
    List<String> words = new ArrayList<>(List.of("--"));
    words.addAll(command);
    return tool("lxc-attach", name, limit, words.toArray(String[]::new));
  }

  /** Asks a container to end; LXC kills it after the timeout. */
  public void stop(String name) {
    if (!runs(name)) {
      return;
    }
    Cancellation.check("stopping the container " + name);
    String seconds = String.valueOf(Math.max(1, stopTimeout.toSeconds()));
    CommandResult result = tool("lxc-stop", name, stopTimeout.plus(SHORT), "-t", seconds);
    // Its exit code does not count: 2 says that somebody else has stopped it meanwhile.
    if (!awaitEnd(name)) {
      result.orThrow("stop the container " + name);
      throw new OvercException(
          "Could not stop the container " + name + ": lxc-stop returned 0, but it still runs");
    }
  }

  public void kill(String name) {
    if (!runs(name)) {
      return;
    }
    CommandResult result = tool("lxc-stop", name, SHORT, "-k");
    if (!awaitEnd(name)) {
      result.orThrow("kill the container " + name);
    }
  }

  /** Is not cut short: LXC goes on freezing without the tool, and would do so after a thaw. */
  public void freeze(String name) {
    Cancellation.check("freezing the container " + name);
    Cancellation.shielded(
        () -> tool("lxc-freeze", name, SHORT).orThrow("freeze the container " + name));
  }

  /** Thaws a container, also one that LXC is still freezing for a tool that was killed. */
  void thaw(String name) {
    Deadline deadline = Deadline.in(SHORT);
    while (true) {
      tool("lxc-unfreeze", name, SHORT).orThrow("thaw the container " + name);
      if (asked(name) != Instance.State.FROZEN || deadline.passed()) {
        return;
      }
      Poll.pause(POLL, "the thaw of " + name);
    }
  }

  private boolean awaitEnd(String name) {
    return Poll.until(() -> !runs(name), POLL, Deadline.in(SHORT), "the end of " + name);
  }

  private Instance.State asked(String name) {
    CommandResult result = tool("lxc-info", name, SHORT, "-s", "-H");
    String state = result.stdout().strip();
    if (!result.succeeded() || state.equals("STOPPED")) {
      return Instance.State.STOPPED;
    }
    return state.equals("FROZEN") || state.equals("FREEZING")
        ? Instance.State.FROZEN
        : Instance.State.RUNNING;
  }

  private CommandResult tool(String tool, String name, Duration timeout, String... more) {
    // Without a log level, LXC prints nothing of what failed.
    return runner.run(
        Command.of(tool, "-P", lxcpath.toString(), "-n", name, "-l", "ERROR")
            .arguments(more)
            .timeout(timeout)
            .build());
  }
}
