package io.overc.btrfs.powercut;

import io.overc.btrfs.lab.Lab;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.exec.RunningCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A file that stands for a disk and logs what is asked of it: {@code qemu-storage-daemon} writes to
 * the image and to the log, and exports both as one file by FUSE. One disk, one log: all partitions
 * share one order of writes and one cache.
 */
public final class RecordedDisk implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path exported;
  private final Path log;
  private final RunningCommand daemon;

  private RecordedDisk(Path exported, Path log, RunningCommand daemon) {
    this.exported = exported;
    this.log = log;
    this.daemon = daemon;
  }

  /**
   * Starts to record.
   *
   * @param lab where
   * @param image the disk; it is changed
   * @return the recording; it is complete when it is closed
   */
  public static RecordedDisk start(Lab lab, Path image) {
    Path exported = empty(lab.newPath("recorded"));
    Path log = empty(lab.newPath("log"));
    RunningCommand daemon =
        CommandRunner.system()
            .start(
                Command.of("qemu-storage-daemon")
                    .arguments("--blockdev", file("disk", image))
                    .arguments("--blockdev", file("log", log))
                    .arguments("--blockdev")
                    .arguments(
                        "driver=blklogwrites,node-name=writes,file=disk,log=log"
                            + ",log-super-update-interval=1")
                    .arguments("--export")
                    .arguments(
                        "type=fuse,id=recorded,node-name=writes,writable=on,mountpoint=" + exported)
                    .build());
    RecordedDisk disk = new RecordedDisk(exported, log, daemon);
    try {
      await(() -> !daemon.alive() || mounted(exported), "qemu-storage-daemon exports nothing");
      if (!daemon.alive()) {
        throw new IllegalStateException("qemu-storage-daemon ended: is FUSE there?");
      }
      return disk;
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  /** The log is evidence, not data: it need not survive the machine that runs the test. */
  private static String file(String name, Path path) {
    return "driver=file,node-name=" + name + ",cache.no-flush=on,filename=" + path;
  }

  private static Path empty(Path file) {
    try {
      return Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean mounted(Path file) {
    try {
      return Files.readString(Path.of("/proc/self/mounts")).contains(" " + file + " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(java.util.function.BooleanSupplier met, String otherwise) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!met.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(otherwise);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  /**
   * Returns the file that stands for the disk.
   *
   * @return a file to attach loop devices to; they must be detached before this is closed
   */
  public Path file() {
    return exported;
  }

  /**
   * Counts what was asked so far.
   *
   * @return how many entries the log has now
   */
  public int entries() {
    return WriteLog.count(log);
  }

  /**
   * Returns the log.
   *
   * @return the file, for {@link WriteLog#open} once this is closed
   */
  public Path log() {
    return log;
  }

  /** Asks the daemon to end, which completes the log; afterwards nothing is exported any more. */
  @Override
  public void close() {
    ProcessHandle.of(daemon.pid()).ifPresent(ProcessHandle::destroy);
    try {
      await(() -> !daemon.alive(), "qemu-storage-daemon does not end");
    } finally {
      daemon.close();
    }
  }
}
