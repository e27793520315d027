package io.overc.btrfs.boot;

import io.overc.internal.file.BoundedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The boot entries: lines of the boot loader's configuration that load a kernel with its options.
 * GRUB, systemd-boot and extlinux are understood.
 */
public final class BootEntries {
  private static final Pattern SUBVOLUME = Pattern.compile("subvol(?:id)?=([^,\\s\"']+)");

  private static final int LONGEST = 16 << 20;

  private final List<String> lines;

  private BootEntries(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads the configuration in a boot directory.
   *
   * @param boot the directory
   * @return the entries; none if no configuration is found
   * @throws IOException if it cannot be read
   */
  public static BootEntries read(Path boot) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : BootTree.files(boot)) {
      if (isConfiguration(file)) {
        lines.addAll(joined(BoundedFiles.latin(boot.resolve(file), LONGEST)));
      }
    }
    return new BootEntries(lines);
  }

  /**
   * Tells whether no configuration of a boot loader was found.
   *
   * @return whether none was
   */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * Tells whether an entry boots a kernel with a subvolume as its root.
   *
   * @param kernel the name of the kernel file
   * @param subvolume the subvolume
   * @return whether there is one
   */
  public boolean boots(String kernel, String subvolume) {
    return lines.stream()
        .filter(line -> loads(line, kernel))
        .map(SUBVOLUME::matcher)
        .filter(Matcher::find)
        .anyMatch(match -> match.group(1).replaceFirst("^/", "").equals(subvolume));
  }

  /**
   * Returns the entries that boot a kernel but choose the subvolume themselves, so that changing
   * the default subvolume has no effect on them.
   *
   * @param kernel the name of the kernel file
   * @return the lines
   */
  public List<String> pinned(String kernel) {
    return lines.stream()
        .filter(line -> loads(line, kernel) && SUBVOLUME.matcher(line).find())
        .toList();
  }

  /**
   * Returns the subvolume that options of a mount choose.
   *
   * @param options options, or a kernel command line
   * @return {@code subvol=…} or {@code subvolid=…}, or empty
   */
  public static Optional<String> subvolume(String options) {
    Matcher matcher = SUBVOLUME.matcher(options);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  private static boolean loads(String line, String kernel) {
    return Stream.of(line.strip().split("\\s+", -1))
        .anyMatch(word -> word.equals(kernel) || word.endsWith("/" + kernel));
  }

  private static boolean isConfiguration(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals("grub.cfg")
        || name.equals("custom.cfg")
        || name.equals("extlinux.conf")
        || name.equals("syslinux.cfg")
        || (name.endsWith(".conf") && file.toString().contains("loader/entries/"));
  }

  /** Puts kernel and options on one line where they are on two, as systemd-boot has them. */
  private static List<String> joined(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      String stripped = line.strip();
      boolean options = stripped.matches("(?i)(options|append)\\s.*");
      if (options && !lines.isEmpty()) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + stripped);
      } else if (stripped.matches("(?i)(linux(efi|16)?|kernel|efi)\\s.*")) {
        lines.add(stripped);
      }
    }
    return lines;
  }
}
