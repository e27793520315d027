package io.overc.btrfs.lab;

import io.overc.testkit.Unmount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what is mounted, from {@code /proc/self/mountinfo}. */
final class Mounts {
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private static final int MOUNT_POINT = 4;

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
    Unmount.of(lab.runner(), point);
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
