package io.overc.btrfs;

import io.overc.btrfs.state.HostPackages;
import io.overc.btrfs.state.HostSettings;
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
   * Sets where the running root is mounted.
   *
   * @param path the mount point; {@code /} if unset
   * @return this
   */
  public BtrfsHostUpgraderBuilder root(Path path) {
    root = path;
    return this;
  }

  /**
   * Sets where the boot partition is mounted.
   *
   * @param path the mount point; {@code /boot} if unset
   * @return this
   */
  public BtrfsHostUpgraderBuilder boot(Path path) {
    boot = path;
    return this;
  }

  /**
   * Sets the name of the kernel file.
   *
   * @param name its name in the boot partition; if unset, the first of bzImage, uImage, zImage,
   *     fitImage and kernel7.img that exists
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
   * Sets options for every call of the package manager.
   *
   * @param options the options
   * @return this
   */
  public BtrfsHostUpgraderBuilder packageManagerOptions(List<String> options) {
    packageManagerOptions = List.copyOf(options);
    return this;
  }

  /**
   * Sets the maximum time of one call of the package manager.
   *
   * @param limit positive; two hours if unset
   * @return this
   */
  public BtrfsHostUpgraderBuilder packageManagerTimeout(Duration limit) {
    packageManagerTimeout = limit;
    return this;
  }

  /**
   * Sets the command that reboots the machine.
   *
   * @param command program and arguments; {@code systemctl reboot} if unset
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
   * Makes the upgrader; it reads nothing before its first operation.
   *
   * @return the upgrader
   * @throws ConfigException if the settings contradict each other
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
        new HostSettings(
            root.toAbsolutePath().normalize(),
            boot.toAbsolutePath().normalize(),
            kernel,
            packages,
            rebootCommand,
            runner,
            effects));
  }
}
