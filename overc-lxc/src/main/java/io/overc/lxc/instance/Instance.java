package io.overc.lxc.instance;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Cancellation;
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
   * @param readiness when a container that was started is ready
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

  /** Tells whether a container runs; one that is frozen does. */
  public boolean runs(String name) {
    return running.covers(name)
        ? running.names().contains(name)
        : asked(name) != ContainerState.STOPPED;
  }

  /** Returns the state of a container; asks LXC only where it runs. */
  public ContainerState state(String name) {
    return runs(name) ? asked(name) : ContainerState.STOPPED;
  }

  /** Brings a container into a state in which it was before. */
  public void restore(String name, ContainerState before) {
    if (before == ContainerState.STOPPED) {
      kill(name);
      return;
    }
    ContainerState now = state(name);
    if (now == ContainerState.STOPPED) {
      start(name);
      now = ContainerState.RUNNING;
    }
    if (before == ContainerState.FROZEN && now == ContainerState.RUNNING) {
      freeze(name);
    } else if (before == ContainerState.RUNNING && now == ContainerState.FROZEN) {
      thaw(name);
    }
  }

  /** Does what may stop a container; if that fails or is cancelled, brings it back to a state. */
  public void restoreOnFailure(String name, ContainerState before, Runnable work) {
    try {
      work.run();
    } catch (OvercException e) {
      try {
        Cancellation.shielded(() -> restore(name, before));
      } catch (OvercException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Starts a container and waits until it is ready; one that does not become so is ended again. */
  public void start(String name) {
    Cancellation.check("starting the container " + name);
    long began = System.nanoTime();
    try {
      tool("lxc-start", name, readiness.timeout()).orThrow("start the container " + name);
      settle(name, began);
      if (!readiness.command().isEmpty()) {
        awaitReady(name, began);
      }
    } catch (OvercException e) {
      // Also where lxc-start itself was ended: what it started does not end with it.
      try {
        Cancellation.shielded(() -> kill(name));
      } catch (OvercException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Throws if a container does not run, or is not ready. */
  public void verify(String name) {
    long now = System.nanoTime();
    if (!runs(name)) {
      throw ended(name, now);
    }
    if (!readiness.command().isEmpty()) {
      awaitReady(name, now);
    }
  }

  /**
   * Asks a container to end; LXC kills it after the timeout. Cancelled, it waits until the
   * container has ended or the timeout is over: a container cannot be told to go on, and whoever
   * brings it back must not find it half gone.
   */
  public void stop(String name) {
    if (!runs(name)) {
      return;
    }
    Cancellation.check("stopping the container " + name);
    Deadline patience = Deadline.in(stopTimeout);
    try {
      String seconds = String.valueOf(Math.max(1, stopTimeout.toSeconds()));
      CommandResult result = tool("lxc-stop", name, stopTimeout.plus(SHORT), "-t", seconds);
      if (!awaitEnd(name)) {
        result.orThrow("stop the container " + name);
        throw new OvercException(
            "Could not stop the container " + name + ": lxc-stop returned 0, but it still runs");
      }
    } catch (InterruptedOperationException e) {
      Cancellation.shielded(
          () -> Poll.until(() -> !runs(name), POLL, patience, "the end of " + name));
      throw e;
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

  /** Is not cut short: LXC goes on freezing without the tool, and would do so after a thaw. */
  void freeze(String name) {
    Cancellation.check("freezing the container " + name);
    Cancellation.shielded(
        () -> tool("lxc-freeze", name, SHORT).orThrow("freeze the container " + name));
  }

  void thaw(String name) {
    tool("lxc-unfreeze", name, SHORT).orThrow("thaw the container " + name);
  }

  /** Thaws a container that LXC may still be freezing, for a tool that was killed. */
  void thawSurely(String name) {
    Deadline deadline = Deadline.in(SHORT);
    thaw(name);
    while (asked(name) == ContainerState.FROZEN && !deadline.passed()) {
      Poll.pause(POLL, "the thaw of " + name);
      thaw(name);
    }
  }

  private void settle(String name, long began) {
    Deadline settled = Deadline.in(readiness.settle());
    if (Poll.until(() -> !runs(name), POLL, settled, "the container " + name)) {
      throw ended(name, began);
    }
  }

  private static OvercException ended(String name, long began) {
    return new OvercException(
        "The container %s ended %d ms after it was started"
            .formatted(name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)),
        Remedy.other("look into its log, or start it in the foreground with lxc-start -F"));
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
            "see the container %s ready within %d s"
                .formatted(name, readiness.timeout().toSeconds()));
      }
      Poll.pause(POLL, "the container " + name);
    }
  }

  private boolean awaitEnd(String name) {
    return Poll.until(() -> !runs(name), POLL, Deadline.in(SHORT), "the end of " + name);
  }

  private ContainerState asked(String name) {
    CommandResult result = tool("lxc-info", name, SHORT, "-s", "-H");
    String state = result.stdout().strip();
    if (!result.succeeded() || state.equals("STOPPED")) {
      return ContainerState.STOPPED;
    }
    return state.equals("FROZEN") || state.equals("FREEZING")
        ? ContainerState.FROZEN
        : ContainerState.RUNNING;
  }

  private CommandResult tool(String tool, String name, Duration timeout, String... more) {
    return runner.run(
        Command.of(tool, "-P", lxcpath.toString(), "-n", name, "-l", "ERROR")
            .arguments(more)
            .timeout(timeout)
            .build());
  }
}
