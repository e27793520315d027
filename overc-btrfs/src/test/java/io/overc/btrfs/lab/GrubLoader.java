package io.overc.btrfs.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Puts GRUB on a disk, so that a BIOS boots it: boot code in the MBR, the core in the gap behind
 * it, its environment and the initramfs on the boot partition beside the menu.
 */
public final class GrubLoader {
  private static final Path IMAGES = Path.of("/usr/lib/grub/i386-pc");

  /** Behind this lie the disk's signature and the partition table. */
  private static final int BOOT_CODE = 440;

  private static final String ENVIRONMENT = "# GRUB Environment Block\n";
  private static final int ENVIRONMENT_BYTES = 1024;

  private GrubLoader() {}

  /**
   * Makes a disk bootable.
   *
   * @param lab where
   * @param disk a running disk whose roots hold real kernels; it is rebooted
   * @param kernels where the kernels came from
   */
  public static void install(Lab lab, HostDisk disk, DebianKernels kernels) {
    Path core = lab.newPath("core.img");
    lab.run(
        "make the core of GRUB",
        "grub-mkimage",
        "-O",
        "i386-pc",
        "-p",
        "(hd0,msdos1)/grub",
        "-o",
        core,
        "biosdisk",
        "part_msdos",
        "ext2",
        "linux",
        "normal",
        "serial",
        "terminal",
        "configfile",
        "echo",
        "test",
        "sleep",
        "loadenv");
    lab.run("make GRUB's environment", "grub-editenv", environment(disk), "create");
    try {
      Files.copy(kernels.initramfs(), disk.boot().resolve("initrd"));
      disk.shutDown();
      byte[] boot = Arrays.copyOf(Files.readAllBytes(IMAGES.resolve("boot.img")), BOOT_CODE);
      byte[] embedded = Files.readAllBytes(core);
      if (DiskLayout.SECTOR + embedded.length > DiskLayout.GAP) {
        throw new IllegalStateException("the core of GRUB does not fit before the partitions");
      }
      try (RandomAccessFile image = new RandomAccessFile(disk.image().toFile(), "rw")) {
        image.write(boot);
        image.seek(DiskLayout.SECTOR);
        image.write(embedded);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot install GRUB", e);
    }
    disk.startUp();
  }

  /**
   * Chooses the backup entry for the next boot by writing over GRUB's environment where it lies on
   * the disk: mounting the boot partition would replay its journal.
   */
  static void chooseBackup(Path image) {
    byte[] chosen = new byte[ENVIRONMENT_BYTES];
    Arrays.fill(chosen, (byte) '#');
    byte[] text = (ENVIRONMENT + "next_entry=backup\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, chosen, 0, text.length);
    byte[] start = ENVIRONMENT.getBytes(StandardCharsets.US_ASCII);
    boolean found = false;
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      byte[] sector = new byte[DiskLayout.SECTOR];
      for (long at = DiskLayout.GAP; at < disk.length() && !found; at += sector.length) {
        disk.seek(at);
        disk.readFully(sector);
        if (Arrays.equals(start, Arrays.copyOf(sector, start.length))) {
          disk.seek(at);
          disk.write(chosen);
          found = true;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot choose the backup entry", e);
    }
    if (!found) {
      throw new IllegalStateException(image + " has no environment of GRUB");
    }
  }

  static Path environment(HostDisk disk) {
    return disk.boot().resolve("grub/grubenv");
  }
}
