package io.overc.lxc.operation;

import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageManagers;
import io.overc.internal.packages.PackageRoot;
import io.overc.internal.packages.RootKind;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Tools;
import io.overc.lxc.layout.MountLines;
import io.overc.spi.PackageUpgrades;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a package manager inside a container by lxc-attach. It, and the scripts of its packages, are
 * programs of the container: outside of it, a chroot too, they would act as root of this host.
 */
public record LxcPackages(LxcPath path, Optional<String> configured, Tools tools)
    implements PackageUpgrades {
  @Override
  public boolean needsRunning() {
    return true;
  }

  @Override
  public Session open(String name, Operation operation) {
    Path directory = path.container(name);
    ContainerConfig config = ContainerConfig.of(directory);
    RootFs files = ContainerCopy.root(config, directory);
    List<Path> layers = new ArrayList<>(List.of(files.directory()));
    layers.addAll(files.lowers());
    MountLines.shared(config.text()).forEach(mount -> layers.addAll(mount.sourceRoots()));
    PackageManager manager = PackageManagers.inContainer(configured, name, one -> one.isIn(layers));
    PackageRoot root =
        PackageRoot.container(
            RootKind.lxcAttach(Disk.parent(directory), name),
            name,
            tools.timeout(),
            command -> tools.runner().run(command.build()));
    return new Manager(
        manager,
        root,
        line -> operation.output(manager.program(), line),
        () -> tools.sync(List.of(directory)));
  }

  private record Manager(
      PackageManager manager, PackageRoot root, Consumer<String> lines, Runnable sync)
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
      // Each call has ended by itself.
    }
  }
}
