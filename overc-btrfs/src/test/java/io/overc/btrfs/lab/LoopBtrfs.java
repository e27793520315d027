package io.overc.btrfs.lab;

import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Unmount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A btrfs on a sparse file, mounted in a directory of its own until it is closed. */
public final class LoopBtrfs implements AutoCloseable {
  private static final long BYTES = 512L << 20;

  private final CommandRunner runner = CommandRunner.system();
  private final Path mount;
  private final String device;

  /**
   * Makes and mounts one.
   *
   * @param directory an empty directory for both
   * @throws IOException if the file cannot be made
   */
  public LoopBtrfs(Path directory) throws IOException {
    Path image = directory.resolve("disk");
    mount = Files.createDirectory(directory.resolve("mount"));
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      disk.setLength(BYTES);
    }
    run("mkfs.btrfs", "--quiet", image.toString());
    device = run("losetup", "--find", "--show", image.toString()).strip();
    try {
      run("mount", "-t", "btrfs", device, mount.toString());
    } catch (RuntimeException e) {
      run("losetup", "--detach", device);
      throw e;
    }
  }

  /**
   * Returns where it is mounted.
   *
   * @return the top-level subvolume
   */
  public Path mount() {
    return mount;
  }

  /**
   * Returns what it is on.
   *
   * @return the loop device
   */
  public String device() {
    return device;
  }

  /**
   * Runs a command that must succeed.
   *
   * @param words the command and its arguments
   * @return what it printed
   */
  public String run(String... words) {
    return runner
        .run(Command.of(words[0]).arguments(rest(words)).build())
        .orThrow("prepare the disk")
        .stdout();
  }

  /**
   * Unmounts what is mounted somewhere.
   *
   * @param point where
   */
  public void unmount(Path point) {
    Unmount.of(runner, point);
  }

  private static String[] rest(String... words) {
    return java.util.Arrays.copyOfRange(words, 1, words.length);
  }

  @Override
  public void close() {
    try {
      unmount(mount);
    } finally {
      run("losetup", "--detach", device);
    }
  }
}
