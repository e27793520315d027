package io.overc.lxc.operation;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageManagers;
import io.overc.internal.packages.PackageRoot;
import io.overc.internal.packages.RootKind;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.IdMap;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.PrivateMounts;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Tools;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.SharingArea;
import io.overc.spi.PackageUpgrades;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a package manager inside a container: by lxc-attach where it runs, else by chroot, in a
 * mount namespace that ends with this process.
 */
public record LxcPackages(
    LxcPath path, LxcCommands commands, Optional<String> configured, Tools tools)
    implements PackageUpgrades {
  @Override
  public boolean needsRunning() {
    return false;
  }

  @Override
  public Session open(String name, Operation operation) {
    Path directory = path.container(name);
    RootFs files = ContainerCopy.root(ContainerConfig.of(directory), directory);
    List<Path> layers = new ArrayList<>(List.of(files.directory()));
    layers.addAll(files.lowers());
    MountLines.shared(ContainerConfig.of(directory).text())
        .forEach(mount -> layers.addAll(mount.sourceRoots()));
    PackageManager manager = PackageManagers.inContainer(configured, name, one -> one.isIn(layers));
    Consumer<String> lines = line -> operation.output(manager.program(), line);
    Runnable sync = () -> tools.sync(List.of(directory));
    if (commands.runs(name)) {
      RootKind attach = RootKind.lxcAttach(Disk.parent(directory), name);
      PackageRoot root =
          PackageRoot.container(
              attach, name, tools.timeout(), command -> tools.runner().run(command.build()));
      return new Manager(manager, root, lines, sync, Optional.empty());
    }
    if (!IdMap.wrapper(ContainerConfig.of(directory)).isEmpty()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot upgrade the packages of %s: it maps ids and is not active".formatted(name),
          Remedy.other("start it first"));
    }
    PrivateMounts mounts = PrivateMounts.open(tools.runner());
    try {
      PackageRoot root = mounted(name, directory, files, mounts);
      return new Manager(manager, root, lines, sync, Optional.of(mounts));
    } catch (OvercException e) {
      mounts.close();
      throw e;
    }
  }

  private PackageRoot mounted(String name, Path directory, RootFs files, PrivateMounts mounts) {
    Path target = SharingArea.mountPoint(directory).orElseGet(() -> directory.resolve("rootfs"));
    mounts.root(files, target, false);
    mounts.overlays(ContainerConfig.of(directory), target, false);
    mounts.mount("-t", "proc", "proc", target.resolve("proc").toString());
    mounts.mount("--rbind", "/dev", target.resolve("dev").toString());
    // Services that packages start outside of the container end with the package manager.
    List<String> inside = new ArrayList<>(mounts.inside());
    inside.addAll(List.of("unshare", "--pid", "--fork", "--kill-child"));
    return PackageRoot.container(
        RootKind.chroot(target),
        name,
        tools.timeout(),
        command ->
            tools
                .runner()
                .run(
                    command
                        .wrappedIn(inside)
                        .bareEnvironment()
                        .environment("PATH", RootKind.PATH)
                        .build()));
  }

  private record Manager(
      PackageManager manager,
      PackageRoot root,
      Consumer<String> lines,
      Runnable sync,
      Optional<PrivateMounts> mounts)
      implements Session {
    @Override
    public List<PackageChange> newer() {
      manager.refresh(root, lines);
      return manager.newer(root, lines);
    }

    @Override
    public void upgrade() {
      manager.upgrade(root, lines);
      sync.run();
    }

    @Override
    public void close() {
      mounts.ifPresent(PrivateMounts::close);
    }
  }
}
