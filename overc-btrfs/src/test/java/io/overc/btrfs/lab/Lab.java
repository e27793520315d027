package io.overc.btrfs.lab;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns everything a laboratory makes: one directory, below which every image file and every mount
 * lies. Closing it unmounts, detaches and deletes all of it.
 *
 * <p>The directory's name says which process owns it. Opening a laboratory also clears away what
 * laboratories left behind whose process was killed. Thread-safe.
 */
public final class Lab implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lab.class);
  private static final Pattern NAME = Pattern.compile("overc-lab-(\\d+)-(\\d+)-.*");

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long MEMORY_BYTES = 2L << 30;

  private final CommandRunner runner;
  private final Path directory;
  private final Mounts mounts;
  private final LoopDevices loops;
  private final AtomicInteger numbers = new AtomicInteger();

  private Lab(CommandRunner runner, Path directory) {
    this.runner = runner;
    this.directory = directory;
    this.mounts = new Mounts(this);
    this.loops = new LoopDevices(this);
  }

  /**
   * Opens a laboratory in the directory for temporary files.
   *
   * @return the laboratory, to be closed
   */
  public static Lab open() {
    return open(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * Opens a laboratory in memory if there is room, where disks can be copied and flushed without
   * end; otherwise in the directory for temporary files.
   *
   * @return the laboratory, to be closed
   */
  public static Lab openInMemory() {
    try {
      boolean room = Files.getFileStore(MEMORY).getUsableSpace() >= MEMORY_BYTES;
      return room ? open(MEMORY) : open();
    } catch (IOException e) {
      return open();
    }
  }

  private static Lab open(Path base) {
    CommandRunner runner = CommandRunner.system();
    try {
      sweep(base, runner);
      ProcessHandle self = ProcessHandle.current();
      String prefix = "overc-lab-" + self.pid() + "-" + started(self) + "-";
      return new Lab(runner, Files.createTempDirectory(base, prefix).toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a laboratory below " + base, e);
    }
  }

  /**
   * Returns where everything lies.
   *
   * @return an existing directory
   */
  public Path directory() {
    return directory;
  }

  /**
   * Makes a directory.
   *
   * @param name what it is for
   * @return a new, empty directory with this name and a number
   */
  public Path newDirectory(String name) {
    try {
      return Files.createDirectory(newPath(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Names a file that is not there yet.
   *
   * @param name what it is for
   * @return a path of its own
   */
  public Path newPath(String name) {
    return directory.resolve(name + "-" + numbers.incrementAndGet());
  }

  /**
   * Runs a tool that must succeed.
   *
   * @param attempt what is attempted, for the message
   * @param arguments the tool and its arguments
   * @return what it printed
   */
  public CommandResult run(String attempt, Object... arguments) {
    List<String> words = Stream.of(arguments).map(Object::toString).toList();
    return run(attempt, Command.of(words).build());
  }

  /**
   * Runs a command that must succeed.
   *
   * @param attempt what is attempted, for the message
   * @param command the command
   * @return what it printed
   */
  public CommandResult run(String attempt, Command command) {
    return runner.run(command).orThrow(attempt);
  }

  /**
   * Runs a command that may fail.
   *
   * @param command the command
   * @return what came of it
   */
  public CommandResult attempt(Command command) {
    return runner.run(command);
  }

  CommandRunner runner() {
    return runner;
  }

  Mounts mounts() {
    return mounts;
  }

  LoopDevices loops() {
    return loops;
  }

  /**
   * Unmounts, detaches and deletes everything.
   *
   * @throws OvercException if something is still in use; it is named
   */
  @Override
  public void close() {
    undisturbed(this::clear);
  }

  /** Cleans up although the thread is interrupted: it could not run any tool else. */
  static void undisturbed(Runnable cleaning) {
    boolean interrupted = Thread.interrupted();
    try {
      cleaning.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void clear() {
    mounts.unmountBelow(directory);
    loops.detachBelow(directory);
    run("delete the laboratory", "rm", "-rf", "--one-file-system", directory);
  }

  /**
   * One at a time, so that two laboratories that open do not clear away the same things; the lock
   * of a file is for other processes, a second thread that asks for it is refused.
   */
  private static synchronized void sweep(Path base, CommandRunner runner) throws IOException {
    try (FileChannel lock = FileChannel.open(base.resolve("overc-lab.lock"), CREATE, WRITE);
        Stream<Path> entries = Files.list(base)) {
      lock.lock();
      for (Path path : entries.filter(Lab::isAbandoned).toList()) {
        try {
          new Lab(runner, path.toRealPath()).clear();
        } catch (OvercException e) {
          LOG.warn("{} was abandoned and cannot be cleared away yet", path, e);
        }
      }
    }
  }

  private static boolean isAbandoned(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1)))
            .filter(process -> started(process) == Long.parseLong(name.group(2)))
            .isEmpty();
  }

  private static long started(ProcessHandle process) {
    Optional<Instant> instant = process.info().startInstant();
    return instant.map(Instant::toEpochMilli).orElse(0L);
  }
}
