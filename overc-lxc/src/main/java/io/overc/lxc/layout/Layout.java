package io.overc.lxc.layout;

import io.overc.error.VerificationException;
import io.overc.lxc.disk.Disk;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory {@code sharing/N} of a container, or the one in which it is being made. */
public record Layout(Path home) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  /** The topmost lower layer: whiteouts for what only the sources have. */
  public Path mask() {
    return home.resolve("mask");
  }

  /** The work directory of overlayfs. */
  public Path work() {
    return home.resolve("work");
  }

  /** The only lower layer while a directory stops being shared. */
  public Path empty() {
    return home.resolve("empty");
  }

  public Path manifest() {
    return home.resolve("manifest");
  }

  /** When the directories were changed last, to be put back. */
  public Path times() {
    return home.resolve("times");
  }

  /** What is being copied back. */
  public Path copies() {
    return home.resolve("copies");
  }

  /** Where it is copied to first. */
  public Path back() {
    return home.resolve("back");
  }

  /** Returns the number of a layout whose work directory this is; empty if it is none. */
  public static OptionalInt numberOf(Path work) {
    int names = work.getNameCount();
    boolean fits =
        names > 3
            && work.endsWith("work")
            && work.getName(names - 3).toString().equals(SharingArea.NAME)
            && NUMBER.matcher(work.getName(names - 2).toString()).matches();
    return fits
        ? OptionalInt.of(Integer.parseInt(work.getName(names - 2).toString()))
        : OptionalInt.empty();
  }

  public static boolean isNumber(Path directory) {
    return NUMBER.matcher(String.valueOf(directory.getFileName())).matches();
  }

  /** Writes down what the user asked for. */
  public void describe(SharedWith what) {
    Stream<String> lines = Stream.concat(Stream.of(what.directory()), what.sources().stream());
    Disk.write(
        home.resolve("layout"),
        String.join(
            "", lines.map(l -> URLEncoder.encode(l, StandardCharsets.UTF_8) + "\n").toList()));
  }

  public SharedWith description() {
    Path file = home.resolve("layout");
    List<String> lines = new ArrayList<>();
    Disk.read(file)
        .orElse("")
        .lines()
        .forEach(line -> lines.add(URLDecoder.decode(line, StandardCharsets.UTF_8)));
    if (lines.size() < 2) {
      throw new VerificationException(
          "%s does not say what is shared: restore the container from a snapshot".formatted(file));
    }
    return new SharedWith(lines.get(0), lines.subList(1, lines.size()));
  }
}
