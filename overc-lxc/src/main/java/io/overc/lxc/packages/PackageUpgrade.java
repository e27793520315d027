package io.overc.lxc.packages;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.IdMap;
import io.overc.lxc.container.PrivateMounts;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.overlay.MountLines;
import io.overc.lxc.overlay.SharingEngine;
import io.overc.spi.ContainerPackages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs a package manager inside a container: by lxc-attach where it runs, else by chroot, in a
 * mount namespace that ends with this process.
 */
public final class PackageUpgrade implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final CommandRunner runner;
  private final Duration timeout;
  private final Operation operation;
  private final ContainerPackages manager;
  private final List<String> prefix;
  private final Optional<PrivateMounts> mounts;
  private final String name;

  private PackageUpgrade(
      CommandRunner runner,
      Duration timeout,
      Operation operation,
      String name,
      ContainerPackages manager,
      List<String> prefix,
      Optional<PrivateMounts> mounts) {
    this.runner = runner;
    this.timeout = timeout;
    this.operation = operation;
    this.name = name;
    this.manager = manager;
    this.prefix = prefix;
    this.mounts = mounts;
  }

  /**
   * Finds the package manager of a container, and a way to run it there.
   *
   * @param runner starts tools
   * @param timeout how long the package manager may take
   * @param operation is told what it prints
   * @param name the name of the container
   * @param directory where the container is: under its name, in the directory of containers
   * @param running whether the container runs
   * @param configured the package manager; empty for the one that is in the container
   * @return the package manager; closing it unmounts what it needed
   */
  public static PackageUpgrade open(
      CommandRunner runner,
      Duration timeout,
      Operation operation,
      String name,
      Path directory,
      boolean running,
      Optional<String> configured) {
    RootFs root = ContainerCopy.root(ContainerConfig.of(directory), directory);
    List<Path> layers = new ArrayList<>(List.of(root.directory()));
    layers.addAll(root.lowers());
    MountLines.shared(ContainerConfig.of(directory).text())
        .forEach(mount -> layers.addAll(mount.sourceRoots()));
    ContainerPackages manager =
        ContainerPackages.of(configured, name, one -> isIn(layers, one.program()));
    if (running) {
      List<String> attach =
          List.of(
              "lxc-attach",
              "-P",
              Disk.parent(directory).toString(),
              "-n",
              name,
              "-l",
              "ERROR",
              "--clear-env",
              "--set-var=PATH=" + PATH,
              "--set-var=DEBIAN_FRONTEND=noninteractive",
              "--");
      return new PackageUpgrade(
          runner, timeout, operation, name, manager, attach, Optional.empty());
    }
    if (!IdMap.wrapper(ContainerConfig.of(directory)).isEmpty()) {
      throw new RefusedException(
          "Cannot upgrade the packages of %s: it maps ids and is not active; start it first"
              .formatted(name));
    }
    PrivateMounts mounts = PrivateMounts.open(runner);
    try {
      Path target =
          SharingEngine.mountPoint(directory).orElseGet(() -> directory.resolve("rootfs"));
      mounts.root(root, target, false);
      mounts.overlays(ContainerConfig.of(directory), target, false);
      mounts.mount("-t", "proc", "proc", target.resolve("proc").toString());
      mounts.mount("--rbind", "/dev", target.resolve("dev").toString());
      List<String> chroot = new ArrayList<>(mounts.inside());
      // Services that packages start outside of the container end with the package manager.
      chroot.addAll(List.of("unshare", "--pid", "--fork", "--kill-child"));
      chroot.addAll(List.of("chroot", target.toString()));
      return new PackageUpgrade(
          runner, timeout, operation, name, manager, chroot, Optional.of(mounts));
    } catch (OvercException e) {
      mounts.close();
      throw e;
    }
  }

  /** Refreshes the package lists and tells whether anything is newer. */
  public boolean newer() {
    manager.require(run(manager.refresh()), "refresh the package lists of " + name);
    return manager.newer(run(manager.check()), name);
  }

  /** Upgrades every package. */
  public void upgrade() {
    manager.require(run(manager.upgrade()), "upgrade the packages of " + name);
  }

  private static boolean isIn(List<Path> layers, String program) {
    return layers.stream()
        .anyMatch(
            root ->
                Stream.of("usr/bin", "bin", "sbin", "usr/sbin")
                    .anyMatch(bin -> Files.isRegularFile(root.resolve(bin).resolve(program))));
  }

  private CommandResult run(List<String> arguments) {
    CommandBuilder command =
        Command.of(prefix)
            .arguments(arguments)
            .timeout(timeout)
            .lines(line -> operation.output(arguments.get(0), line));
    if (mounts.isPresent()) {
      command
          .bareEnvironment()
          .environment("PATH", PATH)
          .environment("HOME", "/root")
          .environment("DEBIAN_FRONTEND", "noninteractive");
    }
    return runner.run(command.build());
  }

  @Override
  public void close() {
    mounts.ifPresent(PrivateMounts::close);
  }
}
