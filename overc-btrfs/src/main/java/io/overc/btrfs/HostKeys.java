package io.overc.btrfs;

import io.overc.btrfs.state.HostPackages;
import io.overc.config.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration keys of the host upgrader. */
final class HostKeys {
  static final String INSTALLROOT = "installroot";

  static final ConfigKey<Path> ROOT =
      ConfigKey.path("btrfs.root", "where the running root is mounted").withDefault("/");

  static final ConfigKey<Path> BOOT =
      ConfigKey.path("btrfs.boot", "where the boot partition is mounted").withDefault("/boot");

  static final ConfigKey<String> KERNEL =
      ConfigKey.text(
          "btrfs.kernel",
          "name of the kernel file; else the first of bzImage, uImage, zImage, fitImage,"
              + " kernel7.img");

  static final ConfigKey<String> PACKAGE_MANAGER =
      ConfigKey.choice(
              "btrfs.package-manager",
              "which package manager upgrades the root",
              HostPackages.choices())
          .withDefault(HostPackages.AUTO);

  static final ConfigKey<String> MODE =
      ConfigKey.choice(
              "btrfs.package-manager.mode",
              "chroot runs the package manager of the root, installroot that of this machine",
              "chroot",
              INSTALLROOT)
          .withDefault("chroot");

  static final ConfigKey<List<String>> OPTIONS =
      ConfigKey.arguments(
              "btrfs.package-manager.options", "options for every call of the package manager")
          .withDefault("");

  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration(
              "btrfs.package-manager.timeout", "how long a call of the package manager may take")
          .withDefault("2h");

  static final ConfigKey<List<String>> REBOOT_COMMAND =
      ConfigKey.arguments("btrfs.reboot-command", "what reboots the machine")
          .withDefault("systemctl reboot");

  static final List<ConfigKey<?>> ALL =
      List.of(ROOT, BOOT, KERNEL, PACKAGE_MANAGER, MODE, OPTIONS, TIMEOUT, REBOOT_COMMAND);

  private HostKeys() {}
}
