package io.overc.btrfs.fs;

import io.overc.error.OvercException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.ForeignText;
import io.overc.internal.file.IoErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Knows what is mounted where; reads {@code /proc/self/mountinfo} and starts no process. */
public final class MountTable {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final int LONGEST = 64 << 20;

  private final List<Mount> mounts;

  private MountTable(List<Mount> mounts) {
    this.mounts = List.copyOf(mounts);
  }

  /**
   * Reads the mounts that this process sees.
   *
   * @return the table
   */
  public static MountTable read() {
    try {
      return parse(BoundedFiles.lines(MOUNTINFO, LONGEST));
    } catch (IOException e) {
      throw IoErrors.failed("read the mounts", e);
    }
  }

  /**
   * Reads lines in the format of mountinfo.
   *
   * @param lines the lines, of which each character is a byte
   * @return the table
   */
  public static MountTable parse(List<String> lines) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : lines) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ", -1);
      String[] right = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
      if (left.length < 6 || right.length < 3) {
        throw new OvercException(
            "Could not understand a line of " + MOUNTINFO + ": " + ForeignText.shown(line));
      }
      List<String> options = new ArrayList<>(Arrays.asList(right[2].split(",", -1)));
      options.addAll(Arrays.asList(left[5].split(",", -1)));
      mounts.add(
          new Mount(
              left[2],
              shown(left[3]),
              ForeignText.path(ForeignText.unescape(left[4])),
              right[0],
              shown(right[1]),
              List.copyOf(options)));
    }
    return new MountTable(mounts);
  }

  /**
   * Finds what is mounted at a directory.
   *
   * @param point the directory
   * @return the mount on top there, or empty if nothing is mounted just there
   */
  public Optional<Mount> at(Path point) {
    Path wanted = point.toAbsolutePath().normalize();
    return mounts.stream().filter(m -> m.point().equals(wanted)).reduce((first, last) -> last);
  }

  /**
   * Finds the mounts below a directory.
   *
   * @param point the directory
   * @return the mounts, without the one at the directory itself
   */
  public List<Mount> below(Path point) {
    Path above = point.toAbsolutePath().normalize();
    return mounts.stream()
        .filter(m -> m.point().startsWith(above) && !m.point().equals(above))
        .toList();
  }

  private static String shown(String field) {
    return ForeignText.shown(ForeignText.unescape(field));
  }
}
