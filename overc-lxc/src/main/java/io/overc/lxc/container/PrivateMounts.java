package io.overc.lxc.container;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount namespace in which the root of a container that does not run can be mounted. It ends with
 * this process, however that ends, so no mount is ever left behind.
 */
public final class PrivateMounts implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final CommandRunner runner;
  private final RunningCommand holder;

  private PrivateMounts(CommandRunner runner, RunningCommand holder) {
    this.runner = runner;
    this.holder = holder;
  }

  public static PrivateMounts open(CommandRunner runner) {
    // Waits for the end of its standard input, a pipe from this process.
    RunningCommand holder =
        runner.start(Command.of("unshare", "--mount", "--propagation", "slave", "cat").build());
    PrivateMounts mounts = new PrivateMounts(runner, holder);
    try {
      mounts.awaitNamespace();
      return mounts;
    } catch (RuntimeException e) {
      holder.close();
      throw e;
    }
  }

  /** Mounts what a container would see as its root, read-only or not. */
  public void root(RootFs root, Path target, boolean readOnly) {
    if (root.kind() != RootFs.Kind.OVERLAY) {
      mount("--bind", root.directory().toString(), target.toString());
      if (readOnly) {
        mount("-o", "remount,bind,ro", target.toString());
      }
      return;
    }
    List<String> lowers = new ArrayList<>();
    if (readOnly) {
      lowers.add(escaped(root.directory()));
    }
    root.lowers().forEach(lower -> lowers.add(escaped(lower)));
    String options = "lowerdir=" + String.join(":", lowers);
    if (!readOnly) {
      Path work = Disk.parent(root.directory()).resolve("work");
      options += ",upperdir=" + escaped(root.directory()) + ",workdir=" + escaped(work);
    }
    mount("-t", "overlay", "-o", options, "overlay", target.toString());
  }

  /** Mounts the shared directories of a container over its root, as a start of it would. */
  public void overlays(ContainerConfig config, Path root, boolean readOnly) {
    for (OverlayMount overlay : MountLines.shared(config.text())) {
      Path target = root.resolve(overlay.target());
      mount(
          "-t",
          "overlay",
          "-o",
          readOnly ? overlay.readOnlyOptions() : overlay.options(),
          "overlay",
          target.toString());
    }
  }

  public void mount(String... arguments) {
    runner
        .run(Command.of("mount").arguments(arguments).wrappedIn(inside()).timeout(TIMEOUT).build())
        .orThrow("mount " + arguments[arguments.length - 1]);
  }

  /** Returns what to put in front of a command that shall see the mounts. */
  public List<String> inside() {
    return List.of("nsenter", "--mount=/proc/" + holder.pid() + "/ns/mnt", "--");
  }

  @Override
  public void close() {
    holder.close();
  }

  /** Waits until the holder has left the namespace of this process. */
  private void awaitNamespace() {
    Path own = Path.of("/proc/self/ns/mnt");
    Path its = Path.of("/proc/" + holder.pid() + "/ns/mnt");
    Path command = Path.of("/proc/" + holder.pid() + "/comm");
    Deadline deadline = Deadline.in(TIMEOUT);
    try {
      while (holder.alive() && !deadline.passed()) {
        boolean left = !Files.readSymbolicLink(its).equals(Files.readSymbolicLink(own));
        // Mounts are made private after the namespace is entered and before cat is executed.
        if (left && Disk.read(command).orElse("").strip().equals("cat")) {
          return;
        }
        Poll.pause(POLL, "a mount namespace");
      }
    } catch (IOException e) {
      throw Disk.failed("enter a mount namespace", e);
    }
    throw new OvercException("Could not enter a mount namespace: unshare ended; run as root");
  }

  private static String escaped(Path path) {
    return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }
}
