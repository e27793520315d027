package io.overc.examples.custom;

import io.overc.error.BusyException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Keeps programs in directories, starts and ends them. It is the "backend" that the driver drives,
 * and has nothing to do with OverC.
 */
final class Programs {
  private final Path home;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  Programs(Path home) {
    this.home = home;
  }

  Path directory(String name) {
    return home.resolve("programs").resolve(name);
  }

  Path snapshots(String name) {
    return home.resolve("snapshots").resolve(name);
  }

  /** One operation at a time; a real backend does this across processes. */
  void lock(String name) {
    if (!busy.add(name)) {
      throw new BusyException("The program " + name, "another thread");
    }
  }

  void unlock(String name) {
    busy.remove(name);
  }

  boolean exists(String name) {
    return Files.isDirectory(directory(name));
  }

  Optional<ProcessHandle> process(String name) {
    try {
      Path file = directory(name).resolve("pid");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      // A number alone could by now belong to another process.
      return ProcessHandle.of(Long.parseLong(lines.get(0)))
          .filter(ProcessHandle::isAlive)
          .filter(process -> started(process).equals(lines.get(1)));
    } catch (IOException e) {
      throw failed("find the process of " + name, e);
    }
  }

  void start(String name) {
    try {
      Path directory = directory(name);
      Process process =
          new ProcessBuilder("sh", directory.resolve("program").toString())
              .directory(Files.createDirectories(directory.resolve("data")).toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Files.writeString(
          directory.resolve("pid"), process.pid() + "\n" + started(process.toHandle()) + "\n");
    } catch (IOException e) {
      throw failed("start " + name, e);
    }
  }

  void stop(String name) {
    Optional<ProcessHandle> process = process(name);
    if (process.isPresent()) {
      process.get().destroy();
      try {
        process.get().onExit().get(10, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        process.get().destroyForcibly();
      } catch (InterruptedException e) {
        process.get().destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Copies under another name first: what has its own name is whole. */
  void copy(Path from, Path to) {
    Path fresh = to.resolveSibling("." + to.getFileName() + ".new");
    try {
      remove(fresh);
      Files.createDirectories(fresh);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(f -> !f.equals(from) && !f.endsWith("pid")).toList()) {
          Files.copy(file, fresh.resolve(from.relativize(file)));
        }
      }
      Files.move(fresh, to);
    } catch (IOException e) {
      throw failed("copy " + from, e);
    }
  }

  void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failed("remove " + directory, e);
    }
  }

  static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> names() {
    return names(home.resolve("programs"));
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  static OvercException failed(String attempt, IOException e) {
    return new OvercException("Could not " + attempt + ": " + e, e);
  }
}
