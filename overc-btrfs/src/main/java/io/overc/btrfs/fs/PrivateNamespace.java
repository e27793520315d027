package io.overc.btrfs.fs;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A mount and pid namespace of our own in which the top-level subvolume is mounted.
 *
 * <p>It is held open by one small process that waits on a pipe from this JVM. When the JVM ends, in
 * whatever way, that process ends; it is the first of its pid namespace, so the kernel kills
 * everything in there, and the mounts go with the last of them. Nothing is ever mounted where
 * another process can see it; what others unmount meanwhile is unmounted in there too.
 *
 * <p>Files in it are reached through {@code /proc/PID/root}; tools run in it by {@code nsenter}.
 */
public final class PrivateNamespace implements AutoCloseable {
  /** A file system in memory that goes with the namespace, as tools in it see it. */
  private static final Path BASE = Path.of("/run/overc");

  /** Where the top-level subvolume is mounted, likewise. */
  private static final Path TOP = BASE.resolve("top");

  private static final int LONGEST = 64 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The start of a namespace takes a few milliseconds. */
  private static final Duration POLL = Duration.ofNanos(100_000);

  private final CommandRunner runner;
  private final RunningCommand holder;

  private PrivateNamespace(CommandRunner runner, RunningCommand holder) {
    this.runner = runner;
    this.holder = holder;
  }

  /**
   * Makes a namespace and mounts the top-level subvolume in it.
   *
   * @param runner runs the tools
   * @param device the device of the file system
   * @return the namespace, to be closed
   * @throws UnavailableException if this process may not make a namespace
   */
  public static PrivateNamespace open(CommandRunner runner, String device) {
    createMountPoint();
    RunningCommand holder =
        runner.start(
            Command.of("unshare", "--mount", "--pid", "--fork", "--kill-child")
                .arguments("--propagation", "slave", "--", "cat")
                .build());
    PrivateNamespace namespace = new PrivateNamespace(runner, holder);
    try {
      namespace.awaitStart();
      namespace.mountTop(device);
      return namespace;
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  /** One process mounts both; it needs a table, since the second lies in the first. */
  private void mountTop(String device) {
    String table =
        "overc %s tmpfs mode=700 0 0\n".formatted(BASE)
            + "%s %s btrfs subvolid=5,X-mount.mkdir 0 0\n".formatted(escaped(device), TOP);
    try {
      Path file = Files.createTempFile("overc", ".fstab");
      try {
        Files.writeString(file, table);
        run(Command.of("mount", "--all", "--fstab").argument(file).timeout(Duration.ofMinutes(2)))
            .orThrow("mount the top-level subvolume of " + device);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new OvercException("Could not write a table of mounts: " + e, e);
    }
  }

  /** See fstab(5). */
  private static String escaped(String device) {
    return device.replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
  }

  /**
   * Returns where this process finds something of the top-level subvolume.
   *
   * @param name a path relative to it; empty for itself
   * @return the path
   */
  public Path file(String name) {
    return inside(TOP).resolve(relative(name));
  }

  private Path inside(Path path) {
    return Path.of("/proc/" + holder.pid() + "/root" + path);
  }

  /**
   * Returns where tools that run in the namespace find something of the top-level subvolume.
   *
   * @param name a path relative to it; empty for itself
   * @return the path
   */
  public Path seen(String name) {
    return TOP.resolve(relative(name));
  }

  /** An absolute name would leave the namespace and mean something of this machine. */
  private static String relative(String name) {
    if (name.startsWith("/")) {
      throw new IllegalArgumentException("'" + name + "' is not relative to the top level");
    }
    return name;
  }

  /**
   * Runs a command that sees the mounts of the namespace.
   *
   * @param command the command
   * @return the result
   */
  public CommandResult run(CommandBuilder command) {
    return runner.run(
        command.wrappedIn(List.of("nsenter", "--mount=" + namespace("mnt"), "--")).build());
  }

  /**
   * Runs a command that sees the mounts of the namespace and belongs to its processes: it and
   * everything it starts end with the namespace.
   *
   * @param command the command
   * @return the result
   */
  public CommandResult runContained(CommandBuilder command) {
    return runner.run(
        command
            .wrappedIn(
                List.of(
                    "nsenter",
                    "--mount=" + namespace("mnt"),
                    "--pid=" + namespace("pid_for_children"),
                    "--"))
            .build());
  }

  private String namespace(String kind) {
    return "/proc/" + holder.pid() + "/ns/" + kind;
  }

  /**
   * Mounts what a package manager expects into a root: proc, sysfs, the devices, and empty {@code
   * /run} and {@code /tmp}. They are in this namespace only.
   *
   * @param name the root, relative to the top-level subvolume
   */
  public void mountSystem(String name) {
    StringBuilder table = new StringBuilder();
    line(table, name, "proc", "proc proc nosuid,noexec,nodev");
    line(table, name, "sys", "sysfs sysfs nosuid,noexec,nodev,ro");
    line(table, name, "dev", "/dev none rbind");
    line(table, name, "run", "tmpfs tmpfs mode=755");
    line(table, name, "tmp", "tmpfs tmpfs mode=1777");
    Path file = BASE.resolve("fstab");
    try {
      Files.writeString(inside(file), table);
    } catch (IOException e) {
      throw new OvercException("Could not write " + file + ": " + e, e);
    }
    runContained(Command.of("mount", "--all", "--fstab").argument(file))
        .orThrow("mount proc, sys, dev, run and tmp in " + name);
  }

  private void line(StringBuilder table, String name, String directory, String what) {
    if (Files.isDirectory(file(name).resolve(directory))) {
      String[] words = what.split(" ", 3);
      table.append(words[0]).append(' ').append(seen(name).resolve(directory)).append(' ');
      table.append(words[1]).append(' ').append(words[2]).append(" 0 0\n");
    }
  }

  /** Waits until the holder has entered its namespaces: unshare(1) gives no sign of its own. */
  private void awaitStart() {
    Deadline deadline = Deadline.in(PATIENCE);
    Poll.until(() -> started() || !holder.alive(), POLL, deadline, "a private mount namespace");
    if (!started()) {
      throw new UnavailableException(
          "Could not make a private mount namespace (unshare --mount --pid): run as root");
    }
  }

  private boolean started() {
    Path process = Path.of("/proc/" + holder.pid());
    Path namespaces = process.resolve("ns");
    try {
      return !link(namespaces.resolve("mnt")).equals(link(Path.of("/proc/self/ns/mnt")))
          && Files.isSymbolicLink(namespaces.resolve("pid_for_children"))
          && !link(namespaces.resolve("pid_for_children")).equals(link(namespaces.resolve("pid")))
          && !shared(process.resolve("mountinfo"));
    } catch (IOException e) {
      return false; // Not there yet: the first process of the new pid namespace is being made.
    }
  }

  /** Tells whether mounts still reach others: unshare(1) cuts that off only after it forked. */
  private static boolean shared(Path mountinfo) throws IOException {
    return BoundedFiles.lines(mountinfo, LONGEST).stream()
        .anyMatch(line -> line.split(" - ", 2)[0].contains(" shared:"));
  }

  private static Path link(Path path) throws IOException {
    return Files.readSymbolicLink(path);
  }

  private static void createMountPoint() {
    try {
      Files.createDirectories(BASE);
    } catch (IOException e) {
      throw new OvercException("Could not create " + BASE + " to mount on: " + e, e);
    }
  }

  /** Ends everything that runs in the namespace; its mounts vanish with it. */
  @Override
  public void close() {
    holder.close();
  }
}
