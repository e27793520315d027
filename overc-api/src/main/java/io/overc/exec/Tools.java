package io.overc.exec;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds tools on this machine without starting them. */
public final class Tools {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  // Debian's package of each tool that OverC uses.
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("btrfs", "btrfs-progs"),
          Map.entry("mkfs.btrfs", "btrfs-progs"),
          Map.entry("unshare", "util-linux"),
          Map.entry("nsenter", "util-linux"),
          Map.entry("findmnt", "util-linux"),
          Map.entry("prlimit", "util-linux"),
          Map.entry("mount", "mount"),
          Map.entry("umount", "mount"),
          Map.entry("losetup", "mount"),
          Map.entry("chroot", "coreutils"),
          Map.entry("cp", "coreutils"),
          Map.entry("sync", "coreutils"),
          Map.entry("tar", "tar"),
          Map.entry("apt-get", "apt"),
          Map.entry("smart", "smartpm"),
          Map.entry("pacman", "pacman-package-manager"),
          Map.entry("apk", "apk-tools"),
          Map.entry("docker", "docker.io"),
          Map.entry("xz", "xz-utils"),
          Map.entry("qemu-img", "qemu-utils"));

  private Tools() {}

  /**
   * Finds a tool.
   *
   * @param name its name, or a path to it
   * @return where it is, or empty if it is not on the PATH or may not be executed
   */
  public static Optional<Path> find(String name) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Tools::executable);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return SEPARATOR
        .splitAsStream(path)
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Tools::executable)
        .findFirst();
  }

  /**
   * {@return those of several tools that are missing, in the same order}
   *
   * @param names their names
   */
  public static List<String> missing(String... names) {
    return Stream.of(names).filter(name -> find(name).isEmpty()).toList();
  }

  /**
   * Says what to do about a missing tool.
   *
   * @param name its name, or a path to it
   * @return for example {@code install the package btrfs-progs, or add the directory of 'btrfs' to
   *     the PATH}
   */
  public static String fix(String name) {
    if (name.contains("/")) {
      return "check the path, or install what belongs there";
    }
    String owner = name.startsWith("lxc-") ? "lxc" : PACKAGES.getOrDefault(name, name);
    return "install the package " + owner + ", or add the directory of '" + name + "' to the PATH";
  }

  private static boolean executable(Path file) {
    return Files.isExecutable(file) && !Files.isDirectory(file);
  }
}
