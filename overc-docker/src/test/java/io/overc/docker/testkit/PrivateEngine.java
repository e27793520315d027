package io.overc.docker.testkit;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@code dockerd} of its own, with its own socket, data and state, no default bridge and no
 * firewall rules. A shell stands between: when this JVM dies, however it dies, the pipe to the
 * shell closes, and it ends the engine and removes the directory.
 */
public final class PrivateEngine implements AutoCloseable {
  /**
   * An engine that ends leaves the bridges of its networks behind, so they are removed first. After
   * a crash there may be shims, processes of containers and mounts left; they are known by the
   * directory and by the ids of the containers.
   */
  private static final String GUARD =
      """
      d=$1
      shift
      dockerd "$@" >>"$d/log" 2>&1 &
      p=$!
      cat >/dev/null
      if [ ! -e "$d/keep" ] && kill -0 $p 2>/dev/null; then
        for c in $(docker --host "unix://$d/socket" ps --all --quiet); do
          docker --host "unix://$d/socket" rm --force "$c"
        done
        docker --host "unix://$d/socket" network prune --force
      fi >/dev/null 2>&1
      kill $p 2>/dev/null
      wait $p
      [ -e "$d/keep" ] && exit
      for f in $(grep -lz "^$d/exec/containerd" /proc/[0-9]*/cmdline 2>/dev/null); do
        f=${f%/cmdline}
        kill -9 "${f#/proc/}"
      done
      for c in "$d"/data/containers/*; do
        for f in $(cat /sys/fs/cgroup/*/docker/"${c##*/}"/cgroup.procs 2>/dev/null); do
          kill -9 "$f" 2>/dev/null
        done
      done
      grep " $d/" /proc/mounts | cut -d " " -f 2 | sort -r | while read m; do umount -l "$m"; done
      rm -rf "$d"
      """;

  private final Path directory;
  private @Nullable Process guard;

  private PrivateEngine(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts an engine and waits until it answers.
   *
   * @return the engine
   */
  public static PrivateEngine start() {
    return new PrivateEngine(newDirectory()).started();
  }

  /**
   * Starts an engine that has only so much room.
   *
   * @param size for example {@code 64m}
   * @return the engine
   */
  public static PrivateEngine startSmall(String size) {
    PrivateEngine engine = new PrivateEngine(newDirectory());
    engine.call("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", engine.data().toString());
    return engine.started();
  }

  /**
   * Returns where the engine listens.
   *
   * @return an URL as {@code docker --host} takes it
   */
  public String host() {
    return "unix://" + directory.resolve("socket");
  }

  /** Kills the engine with SIGKILL, as a crash would. */
  public void crash() {
    try {
      long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
      ProcessHandle.of(pid).ifPresent(ProcessTreeEnd::kill);
      Path keep = Files.createFile(directory.resolve("keep"));
      end();
      Files.delete(keep);
      Files.delete(directory.resolve("pid"));
      Files.deleteIfExists(directory.resolve("exec/containerd/containerd.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the engine again after {@link #crash}. */
  public void restart() {
    started();
  }

  /** Ends the engine and removes what it held. */
  @Override
  public void close() {
    end();
  }

  private void end() {
    Process running = guard;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
      if (!running.waitFor(60, TimeUnit.SECONDS)) {
        ProcessTreeEnd.kill(running.toHandle());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private PrivateEngine started() {
    List<String> call = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", directory.toString()));
    call.addAll(List.of("--data-root", data().toString()));
    call.addAll(List.of("--exec-root", directory.resolve("exec").toString()));
    call.addAll(List.of("--pidfile", directory.resolve("pid").toString()));
    call.addAll(List.of("--host", host(), "--bridge=none", "--iptables=false"));
    call.addAll(List.of("--ip6tables=false", "--ip-forward=false"));
    try {
      guard = new ProcessBuilder(call).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer();
    return this;
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!answers(List.of("docker", "--host", host()))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("dockerd does not answer: " + log());
      }
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  static boolean answers(List<String> command) {
    return CommandRunner.system()
        .run(
            Command.of(command)
                .arguments("version", "--format", "{{.Server.Version}}")
                .timeout(Duration.ofSeconds(30))
                .build())
        .succeeded();
  }

  private void call(String... arguments) {
    CommandRunner.system()
        .run(Command.of(List.of(arguments)).build())
        .orThrow("prepare the room of an engine");
  }

  private static Path newDirectory() {
    try {
      Path directory = Files.createTempDirectory("overc-engine");
      Files.createDirectory(directory.resolve("data"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
