package io.overc.btrfs.lab;

/** Writes the boot menu with the two entries that a host upgrade needs. */
final class BootMenu {
  /**
   * On a panic the machine reboots at once, which ends QEMU. The check of the timer fails by chance
   * when the machine below is busy.
   */
  private static final String COMMON = "root=/dev/vda2 console=ttyS0 quiet panic=-1 no_timer_check";

  private BootMenu() {}

  /** Returns a grub.cfg; the entry for one boot is chosen as grub-reboot does it. */
  static String text() {
    return """
        serial --unit=0
        terminal_input serial
        terminal_output serial
        set timeout=0
        set default=0
        load_env
        if [ -n "${next_entry}" ]; then
          set default="${next_entry}"
          set next_entry=
          save_env next_entry
        fi
        menuentry 'normal' {
          linux /bzImage %s
          initrd /initrd
        }
        menuentry 'backup' {
          linux /bzImage_bakup rootflags=subvol=rootfs_bakup %s
          initrd /initrd
        }
        """
        .formatted(COMMON, COMMON);
  }
}
