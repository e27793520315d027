package io.overc.exec;

import io.overc.internal.file.BoundedFiles;
import io.overc.internal.time.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends a process and everything it started.
 *
 * <p>The descendants are listed while their parents live: once a parent is gone nothing leads to
 * its children but their {@link CommandMark}.
 */
final class ProcessTree {
  // Enough for a trap of a shell; whoever ignores SIGTERM is not waited for any longer.
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration LAST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Process root;
  private final CommandMark mark;
  private final Set<ProcessHandle> members = new LinkedHashSet<>();

  ProcessTree(Process root, CommandMark mark) {
    this.root = root;
    this.mark = mark;
    gather();
  }

  /** Asks every member to end, and after a grace period makes those that still live. */
  void end() {
    gather();
    mark.bearers().forEach(members::add);
    members.forEach(ProcessHandle::destroy);
    if (ended(GRACE) && mark.bearers().noneMatch(this::isNew)) {
      return;
    }
    long deadline = System.nanoTime() + LAST.toNanos();
    do {
      gather(); // A member may have started others since.
      mark.bearers().forEach(members::add);
      members.forEach(ProcessHandle::destroyForcibly);
    } while (!ended(GRACE.dividedBy(10)) && System.nanoTime() < deadline);
  }

  private boolean isNew(ProcessHandle process) {
    return !members.contains(process) && lives(process);
  }

  private void gather() {
    members.add(root.toHandle());
    for (ProcessHandle member : List.copyOf(members)) {
      member.descendants().forEach(members::add);
    }
  }

  private boolean ended(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    Waiting.end(root, time);
    while (members.stream().anyMatch(ProcessTree::lives)) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Waiting.pause(PAUSE);
    }
    return true;
  }

  /** A zombie has ended, although nobody has asked for its exit code yet. */
  static boolean lives(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
      String text = BoundedFiles.latin(stat, BoundedFiles.SMALL);
      return !text.startsWith("Z", text.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return process.isAlive();
    }
  }
}
