package io.overc.examples.custom;

import io.overc.error.InterruptedOperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Keeps programs in directories, starts and ends them. It is the "technology" that the backend is
 * for, and has nothing to do with OverC.
 */
final class Programs {
  /** What is of one start only, and in no copy. */
  private static final String PID = "pid";

  /** What somebody has to say about a program, likewise. */
  private static final String NOTE = "note";

  private final Path home;

  Programs(Path home) {
    this.home = home;
  }

  /** Returns where a program is, or was put, or its snapshots. */
  Path at(String kind, String name) {
    return home.resolve(kind).resolve(name);
  }

  List<String> names(String kind) throws IOException {
    Path directory = home.resolve(kind);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Fills a directory. */
  interface Filler {
    void fill(Path directory) throws IOException;
  }

  static boolean hasRun(Path directory) {
    return Files.exists(directory.resolve(PID));
  }

  static Optional<ProcessHandle> process(Path directory) throws IOException {
    Path file = directory.resolve(PID);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    // A number alone could by now belong to another process.
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> started(process).equals(lines.get(1)));
  }

  static void start(Path directory) throws IOException {
    if (process(directory).isPresent()) {
      return;
    }
    Process process =
        new ProcessBuilder("sh", directory.resolve("program").toString())
            .directory(Files.createDirectories(directory.resolve("data")).toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Files.writeString(
        directory.resolve(PID), process.pid() + "\n" + started(process.toHandle()) + "\n");
  }

  /** Asks a program to end, and after ten seconds makes it. */
  static void end(Path directory) throws IOException {
    Optional<ProcessHandle> process = process(directory);
    if (process.isEmpty()) {
      return;
    }
    process.get().destroy();
    try {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      process.get().destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while " + directory + " ended", e);
    }
  }

  static void install(String program, Path directory) throws IOException {
    Files.writeString(directory.resolve("program"), program);
  }

  static Optional<String> note(Path directory) throws IOException {
    Path file = directory.resolve(NOTE);
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  static void forget(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NOTE));
  }

  static void move(Path from, Path to) throws IOException {
    Files.createDirectories(hidden(to).getParent());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes a directory under another name first: what has its own name is whole. */
  static void make(Path directory, String note, Filler filler) throws IOException {
    Path hidden = hidden(directory);
    remove(directory);
    Files.createDirectories(hidden);
    filler.fill(hidden);
    if (!note.isEmpty()) {
      Files.writeString(hidden.resolve(NOTE), note);
    }
    Files.move(hidden, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file :
          files.filter(f -> !f.equals(from) && !f.endsWith(PID) && !f.endsWith(NOTE)).toList()) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedOperationException("Interrupted while copying " + from, null);
        }
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** Removes a directory in one step, as far as others see. */
  static void remove(Path directory) throws IOException {
    removeHidden(directory);
    if (Files.exists(directory)) {
      Files.move(directory, hidden(directory), StandardCopyOption.ATOMIC_MOVE);
      removeHidden(directory);
    }
  }

  /** Removes what was being made or removed. */
  static void removeHidden(Path directory) throws IOException {
    if (Files.exists(hidden(directory))) {
      try (Stream<Path> files = Files.walk(hidden(directory))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path hidden(Path directory) {
    return directory.resolveSibling("." + directory.getFileName());
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }
}
