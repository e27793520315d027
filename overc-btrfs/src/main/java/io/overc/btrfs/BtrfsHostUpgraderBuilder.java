package io.overc.btrfs;

import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.exec.CommandRunner;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds a {@link BtrfsHostUpgrader}. Not thread-safe. */
public final class BtrfsHostUpgraderBuilder {
  private Path root = Path.of("/");
  private Path boot = Path.of("/boot");
  private Optional<String> kernel = Optional.empty();
  private String packageManager = HostPackages.AUTO;
  private boolean installroot;
  private List<String> packageManagerOptions = List.of();
  private Duration packageManagerTimeout = Duration.ofHours(2);
  private List<String> rebootCommand = List.of("systemctl", "reboot");
  private CommandRunner runner = CommandRunner.system();
  private SideEffects effects = SideEffects.direct();

  BtrfsHostUpgraderBuilder() {}

  BtrfsHostUpgraderBuilder config(Config config) {
    root = config.get(HostKeys.ROOT);
    boot = config.get(HostKeys.BOOT);
    kernel = config.find(HostKeys.KERNEL);
    packageManager = config.get(HostKeys.PACKAGE_MANAGER);
    installroot = config.get(HostKeys.MODE).equals(HostKeys.INSTALLROOT);
    packageManagerOptions = config.get(HostKeys.OPTIONS);
    packageManagerTimeout = config.get(HostKeys.TIMEOUT);
    rebootCommand = config.get(HostKeys.REBOOT_COMMAND);
    return this;
  }

  /**
   * Says where the running root is mounted.
   *
   * @param path the mount point; {@code /} if not said
   * @return this
   */
  public BtrfsHostUpgraderBuilder root(Path path) {
    root = path;
    return this;
  }

  /**
   * Says where the boot partition is mounted.
   *
   * @param path the mount point; {@code /boot} if not said
   * @return this
   */
  public BtrfsHostUpgraderBuilder boot(Path path) {
    boot = path;
    return this;
  }

  /**
   * Says what the kernel file is called.
   *
   * @param name its name in the boot partition; if not said, the first of bzImage, uImage, zImage,
   *     fitImage and kernel7.img that is there
   * @return this
   */
  public BtrfsHostUpgraderBuilder kernel(String name) {
    kernel = Optional.of(name);
    return this;
  }

  /**
   * Chooses the package manager.
   *
   * @param name dnf, zypper, apt, pacman, apk, smart, or auto for the first of them that is found
   * @return this
   */
  public BtrfsHostUpgraderBuilder packageManager(String name) {
    packageManager = name;
    return this;
  }

  /**
   * Runs the package manager of this machine with its installroot option, instead of the root's own
   * by chroot.
   *
   * @return this
   */
  public BtrfsHostUpgraderBuilder installroot() {
    installroot = true;
    return this;
  }

  /**
   * Gives the package manager options at every call.
   *
   * @param options the options
   * @return this
   */
  public BtrfsHostUpgraderBuilder packageManagerOptions(List<String> options) {
    packageManagerOptions = List.copyOf(options);
    return this;
  }

  /**
   * Says how long a call of the package manager may take.
   *
   * @param limit two hours if not said
   * @return this
   */
  public BtrfsHostUpgraderBuilder packageManagerTimeout(Duration limit) {
    packageManagerTimeout = limit;
    return this;
  }

  /**
   * Says what reboots the machine.
   *
   * @param command program and arguments; {@code systemctl reboot} if not said
   * @return this
   */
  public BtrfsHostUpgraderBuilder rebootCommand(List<String> command) {
    rebootCommand = List.copyOf(command);
    return this;
  }

  BtrfsHostUpgraderBuilder runner(CommandRunner commands) {
    runner = commands;
    return this;
  }

  BtrfsHostUpgraderBuilder effects(SideEffects chosen) {
    effects = chosen;
    return this;
  }

  /**
   * Makes the upgrader. Nothing is looked at before its first verb.
   *
   * @return the upgrader
   * @throws ConfigException if what was said contradicts itself
   */
  public BtrfsHostUpgrader build() {
    HostPackages packages =
        new HostPackages(packageManager, installroot, packageManagerOptions, packageManagerTimeout);
    if (root.equals(boot)) {
      throw new ConfigException(
          List.of(
              "'btrfs.root' and 'btrfs.boot' are both '"
                  + root
                  + "': the boot partition is mounted elsewhere than the root"));
    }
    if (rebootCommand.isEmpty()) {
      throw new ConfigException(List.of("'btrfs.reboot-command' is empty: name a command"));
    }
    return new BtrfsHostUpgrader(
        new Settings(
            root.toAbsolutePath().normalize(),
            boot.toAbsolutePath().normalize(),
            kernel,
            packages,
            rebootCommand,
            runner,
            effects));
  }
}
