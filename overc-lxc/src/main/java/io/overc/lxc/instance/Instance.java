package io.overc.lxc.instance;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts and stops containers, and finds out which run. */
public final class Instance {
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path lxcpath;
  private final Readiness readiness;
  private final Duration stopTimeout;
  private final CommandRunner runner;
  private final RunningContainers running;

  /**
   * Controls the containers of a directory.
   *
   * @param lxcpath the directory, absolute
   * @param readiness when a container that was started is up
   * @param stopTimeout how long a container may take to end before it is killed
   * @param runner starts tools
   */
  public Instance(Path lxcpath, Readiness readiness, Duration stopTimeout, CommandRunner runner) {
    this.lxcpath = lxcpath;
    this.readiness = readiness;
    this.stopTimeout = stopTimeout;
    this.runner = runner;
    this.running = new RunningContainers(Path.of("/proc/net/unix"), lxcpath);
  }

  /** Returns the names of those that run, but for those whose names are too long to be seen. */
  public Set<String> running() {
    return running.names();
  }

  /** Tells whether a container runs. */
  public boolean runs(String name) {
    return running.covers(name) ? running.names().contains(name) : asked(name);
  }

  /** Starts a container and waits until it is up; one that does not come up is ended again. */
  public void start(String name) {
    long began = System.nanoTime();
    tool("lxc-start", name, readiness.timeout()).orThrow("start the container " + name);
    try {
      settle(name, began);
      if (!readiness.command().isEmpty()) {
        awaitReady(name, began);
      }
    } catch (OvercException e) {
      kill(name);
      throw e;
    }
  }

  /** Finds out whether a container is still up. */
  public void verify(String name) {
    long now = System.nanoTime();
    if (!runs(name)) {
      throw ended(name, now);
    }
    if (!readiness.command().isEmpty()) {
      awaitReady(name, now);
    }
  }

  /** Asks a container to end; LXC kills it after the timeout. */
  public void stop(String name) {
    if (!runs(name)) {
      return;
    }
    String seconds = String.valueOf(Math.max(1, stopTimeout.toSeconds()));
    CommandResult result = tool("lxc-stop", name, stopTimeout.plus(SHORT), "-t", seconds);
    if (!awaitEnd(name)) {
      result.orThrow("stop the container " + name);
      throw new OvercException(
          "Could not stop the container " + name + ": lxc-stop returned 0, but it still runs");
    }
  }

  /** Ends a container at once, if it runs. */
  public void kill(String name) {
    if (!runs(name)) {
      return;
    }
    CommandResult result = tool("lxc-stop", name, SHORT, "-k");
    if (!awaitEnd(name)) {
      result.orThrow("kill the container " + name);
    }
  }

  void freeze(String name) {
    tool("lxc-freeze", name, SHORT).orThrow("freeze the container " + name);
  }

  void thaw(String name) {
    tool("lxc-unfreeze", name, SHORT).orThrow("thaw the container " + name);
  }

  private void settle(String name, long began) {
    Deadline settled = Deadline.in(readiness.settle());
    if (Poll.until(() -> !runs(name), POLL, settled, "the container " + name)) {
      throw ended(name, began);
    }
  }

  private static OvercException ended(String name, long began) {
    return new OvercException(
        "The container %s ended %d ms after it was started; look into its log, or start it with lxc-start -F"
            .formatted(name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
  }

  private void awaitReady(String name, long began) {
    long deadline = began + readiness.timeout().toNanos();
    List<String> words = new ArrayList<>(List.of("--"));
    words.addAll(readiness.command());
    while (true) {
      Duration left = Duration.ofNanos(Math.max(POLL.toNanos(), deadline - System.nanoTime()));
      CommandResult result = tool("lxc-attach", name, left, words.toArray(String[]::new));
      if (result.succeeded()) {
        return;
      }
      if (!runs(name)) {
        throw ended(name, began);
      }
      if (System.nanoTime() > deadline) {
        result.orThrow(
            "see the container %s come up within %d s"
                .formatted(name, readiness.timeout().toSeconds()));
      }
      Poll.pause(POLL, "the container " + name);
    }
  }

  private boolean awaitEnd(String name) {
    return Poll.until(() -> !runs(name), POLL, Deadline.in(SHORT), "the end of " + name);
  }

  private boolean asked(String name) {
    CommandResult result = tool("lxc-info", name, SHORT, "-s", "-H");
    return result.succeeded() && !result.stdout().strip().equals("STOPPED");
  }

  private CommandResult tool(String tool, String name, Duration timeout, String... more) {
    return runner.run(
        Command.of(tool, "-P", lxcpath.toString(), "-n", name, "-l", "ERROR")
            .arguments(more)
            .timeout(timeout)
            .build());
  }
}
