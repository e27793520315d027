package io.overc.btrfs.lab;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what is mounted, from {@code /proc/self/mountinfo}. */
final class Mounts {
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final int MOUNT_POINT = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Lab lab;

  Mounts(Lab lab) {
    this.lab = lab;
  }

  /** Returns the mount points below a directory, the deepest and latest last. */
  List<Path> below(Path directory) {
    try {
      List<Path> found = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
        Path point = Path.of(unescape(line.split(" ", -1)[MOUNT_POINT]));
        if (point.startsWith(directory)) {
          found.add(point);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mount(Path device, Path point, String... options) {
    List<String> words = new ArrayList<>(List.of("mount"));
    words.addAll(List.of(options));
    words.addAll(List.of(device.toString(), point.toString()));
    lab.run("mount " + device, words.toArray());
  }

  void unmount(Path point) {
    unmount(lab.runner(), point);
  }

  /**
   * Unmounts, and waits while that is busy: a child that another thread starts at this moment holds
   * a copy of every file this process has open, until it runs its program.
   */
  static void unmount(CommandRunner runner, Path point) {
    Command command = Command.of("umount").argument(point).build();
    long until = System.nanoTime() + PATIENCE.toNanos();
    CommandResult result = runner.run(command);
    while (result.stderr().contains("target is busy") && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      result = runner.run(command);
    }
    result.orThrow("unmount " + point);
  }

  void unmountBelow(Path directory) {
    List<Path> points = below(directory);
    Collections.reverse(points);
    points.forEach(this::unmount);
  }

  private static String unescape(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
