package io.overc.btrfs.lab;

import io.overc.error.OvercException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Attaches stretches of files as block devices; loop devices need not scan partitions for that. */
final class LoopDevices {
  /**
   * The namespace of another test holds a copy of every mount, as long as its package manager waits
   * for a repository that vanished: zypper half a minute.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Path BLOCK = Path.of("/sys/block");

  private final Lab lab;

  LoopDevices(Lab lab) {
    this.lab = lab;
  }

  /** Attaches {@code bytes} of a file from {@code offset} on. */
  Path attach(Path file, long offset, long bytes) {
    return Path.of(
        lab.run(
                "attach " + file,
                "losetup",
                "--find",
                "--show",
                "--offset",
                offset,
                "--sizelimit",
                bytes,
                file)
            .stdout()
            .strip());
  }

  /**
   * Detaches a device and waits until it is gone: a mount in another namespace keeps it, and then
   * whoever holds it must not be handed another disk in the same file.
   */
  void detach(Path device) {
    Path backing = BLOCK.resolve(device.getFileName()).resolve("loop/backing_file");
    String file = read(backing);
    lab.run("detach " + device, "losetup", "--detach", device);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!file.isEmpty() && read(backing).equals(file)) {
      if (System.nanoTime() - until > 0) {
        throw new OvercException(device + " (" + file + ") is still mounted in some namespace");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  void detachBelow(Path directory) {
    List<Path> devices = new ArrayList<>();
    try (DirectoryStream<Path> blocks = Files.newDirectoryStream(BLOCK, "loop*")) {
      for (Path block : blocks) {
        if (read(block.resolve("loop/backing_file")).startsWith(directory + "/")) {
          devices.add(Path.of("/dev").resolve(block.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    devices.forEach(this::detach);
  }

  private static String read(Path backing) {
    try {
      return Files.readString(backing).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      // The device is torn down between open and read.
      return "";
    }
  }
}
