package io.overc.btrfs.lab;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Boots a disk in a machine of its own, through its boot loader. */
public final class QemuBoot {
  /** The entries of the boot menu. */
  public enum Entry {
    /** The default one: the default subvolume. */
    NORMAL,
    /** The second one: {@code rootfs_bakup}. */
    BACKUP
  }

  /**
   * Tells what came up.
   *
   * @param version what the root's version file says
   * @param subvolume the subvolume that was mounted as root, for example {@code /rootfs}
   * @param kernel the release of the running kernel
   * @param modules the kernels for which the root has modules
   * @param program what the root's program printed when it ran
   */
  public record Result(
      String version, String subvolume, String kernel, List<String> modules, String program) {

    /**
     * Copies the list.
     *
     * @param version what the root's version file says
     * @param subvolume the subvolume that was mounted as root, for example {@code /rootfs}
     * @param kernel the release of the running kernel
     * @param modules the kernels for which the root has modules
     * @param program what the root's program printed when it ran
     */
    public Result {
      modules = List.copyOf(modules);
    }
  }

  /** Without hardware support a boot takes some 10 s on an idle machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private QemuBoot() {}

  /**
   * Boots a disk. It is off afterwards: {@link HostDisk#reboot} starts it.
   *
   * @param lab where
   * @param disk a running disk with a {@link GrubLoader}
   * @param entry the entry for this one boot, chosen as {@code grub-reboot} does
   * @return what came up
   */
  public static Result boot(Lab lab, HostDisk disk, Entry entry) {
    if (entry == Entry.BACKUP) {
      lab.run(
          "choose the backup entry",
          "grub-editenv",
          GrubLoader.environment(disk),
          "set",
          "next_entry=backup");
    }
    disk.shutDown();
    return boot(lab, disk.image());
  }

  /**
   * Boots a disk that lost its power, without a repair of anything before.
   *
   * @param lab where
   * @param image the disk, which is off; the boot changes it
   * @param entry the entry for this one boot
   * @return what came up
   */
  public static Result bootUnrepaired(Lab lab, Path image, Entry entry) {
    if (entry == Entry.BACKUP) {
      GrubLoader.chooseBackup(image);
    }
    return boot(lab, image);
  }

  private static Result boot(Lab lab, Path image) {
    CommandResult console =
        lab.run(
            "boot " + image,
            Command.of("qemu-system-x86_64", "-m", "512", "-nodefaults", "-no-reboot")
                .arguments("-display", "none", "-serial", "stdio", "-monitor", "none")
                .arguments("-drive", "file=" + image + ",format=raw,if=virtio")
                .timeout(PATIENCE)
                .build());
    return parse(console.stdout());
  }

  static Result parse(String console) {
    int begin = console.indexOf(Initramfs.BEGIN);
    int end = console.indexOf(Initramfs.END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("nothing came up; the console said:\n" + console);
    }
    Map<String, String> found = new HashMap<>();
    console
        .substring(begin, end)
        .lines()
        .map(String::strip)
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                found.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new Result(
        found.getOrDefault("version", ""),
        found.getOrDefault("subvolume", ""),
        found.getOrDefault("kernel", ""),
        List.of(found.getOrDefault("modules", "").strip().split(" ", -1)),
        found.getOrDefault("program", ""));
  }
}
