package io.overc.btrfs.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootEntriesTest {
  @TempDir private Path boot = Path.of("");

  @Test
  @DisplayName("GRUB: the entries of the seed are found, the normal one chooses no subvolume")
  void grub() throws IOException {
    write(
        "grub/grub.cfg",
        """
        menuentry "normal" {
          linux /bzImage root=/dev/sda2 ro
        }
        menuentry "backup" {
          linux /bzImage_bakup rootflags=subvol=rootfs_bakup root=/dev/sda2
        }
        """);
    BootEntries entries = BootEntries.read(boot);

    assertThat(entries.boots("bzImage_bakup", "rootfs_bakup")).isTrue();
    assertThat(entries.boots("bzImage_bakup", "rootfs")).isFalse();
    assertThat(entries.boots("bzImage", "rootfs_bakup")).isFalse();
    assertThat(entries.pinned("bzImage")).isEmpty();
  }

  @Test
  @DisplayName("an entry that chooses its subvolume is found, by name or by number")
  void pinned() throws IOException {
    write(
        "EFI/BOOT/grub.cfg",
        """
        linuxefi /boot/bzImage root=/dev/sda2 rootflags=compress=zstd,subvol=/rootfs
        linux /bzImage root=/dev/sda2 rootflags=subvolid=256
        # linux /bzImage rootflags=subvol=comment
        """);

    assertThat(BootEntries.read(boot).pinned("bzImage")).hasSize(2);
  }

  @Test
  @DisplayName("systemd-boot: kernel and options on two lines are one entry")
  void systemdBoot() throws IOException {
    write(
        "loader/entries/backup.conf",
        "title Backup\nlinux /bzImage_bakup\noptions root=/dev/sda2 rootflags=subvol=/rootfs_bakup\n");

    assertThat(BootEntries.read(boot).boots("bzImage_bakup", "rootfs_bakup")).isTrue();
  }

  @Test
  @DisplayName("extlinux: kernel and append on two lines are one entry")
  void extlinux() throws IOException {
    write(
        "extlinux/extlinux.conf",
        "LABEL backup\n  KERNEL /zImage_bakup\n  APPEND rootflags=subvol=rootfs_bakup root=/dev/mmcblk0p2\n");

    assertThat(BootEntries.read(boot).boots("zImage_bakup", "rootfs_bakup")).isTrue();
  }

  @Test
  @DisplayName("a boot directory without a boot loader has no entries")
  void none() throws IOException {
    assertThat(BootEntries.read(boot).boots("bzImage_bakup", "rootfs_bakup")).isFalse();
  }

  private void write(String name, String text) throws IOException {
    Path file = boot.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
