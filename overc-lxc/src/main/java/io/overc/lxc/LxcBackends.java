package io.overc.lxc;

import io.overc.container.Template;
import io.overc.exec.CommandRunner;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Archives;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.instance.Freezer;
import io.overc.lxc.instance.Instance;
import io.overc.lxc.instance.Readiness;
import io.overc.lxc.operation.Activation;
import io.overc.lxc.operation.Adoption;
import io.overc.lxc.operation.ContainerList;
import io.overc.lxc.operation.ContainerOperations;
import io.overc.lxc.operation.ContainerRemoval;
import io.overc.lxc.operation.ContainerRollback;
import io.overc.lxc.operation.ImageFile;
import io.overc.lxc.operation.ImageUnpacking;
import io.overc.lxc.operation.InPlaceUpgrade;
import io.overc.lxc.operation.Replacement;
import io.overc.lxc.operation.RunningState;
import io.overc.lxc.operation.SharingChanges;
import io.overc.lxc.operation.SharingSources;
import io.overc.lxc.operation.UpgradeRollback;
import io.overc.lxc.share.SharingEngine;
import io.overc.lxc.snapshot.SnapshotArchive;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.lxc.snapshot.SnapshotMaker;
import io.overc.spi.SideEffects;

/**
 * Puts the LXC backends together, each from the few parts that it needs. This is the one place that
 * knows all parts; immutable.
 */
final class LxcBackends {
  private final LxcSettings settings;
  private final Template template;
  private final CommandRunner runner;
  private final SideEffects effects;

  private LxcBackends(
      LxcSettings settings, Template template, CommandRunner runner, SideEffects effects) {
    this.settings = settings;
    this.template = template;
    this.runner = runner;
    this.effects = effects;
  }

  /** Begins with the default template. */
  static LxcBackends of(LxcSettings settings) {
    return new LxcBackends(
        settings, Template.plain("lxc", "lxc"), CommandRunner.system(), SideEffects.direct());
  }

  LxcBackends template(Template other) {
    return new LxcBackends(settings, other, runner, effects);
  }

  LxcBackends runner(CommandRunner other) {
    return new LxcBackends(settings, template, other, effects);
  }

  LxcBackends effects(SideEffects other) {
    return new LxcBackends(settings, template, runner, other);
  }

  LxcContainerDriver containerDriver() {
    return new Parts().containerDriver();
  }

  LxcSnapshotStore snapshotStore() {
    return new Parts().snapshotStore();
  }

  LxcOverlaySharing overlaySharing() {
    return new Parts().overlaySharing();
  }

  /** What the backends are made of: in the order in which one part needs another. */
  private final class Parts {
    private final SideEffects points = new CancellableEffects(effects);
    private final LxcPath path = new LxcPath(settings.path(), settings.snapshots());
    private final Instance instance =
        new Instance(
            settings.path(),
            new Readiness(settings.readyCommand(), settings.readyTimeout(), settings.readySettle()),
            settings.stopTimeout(),
            runner);
    private final Freezer freezer = new Freezer(path, instance, points);
    private final Subvolumes subvolumes = new Subvolumes(runner, settings.toolTimeout());
    private final Trees trees = new Trees(runner, subvolumes, settings.toolTimeout());
    private final Archives archives = new Archives(runner, settings.toolTimeout());
    private final Dependents dependents = new Dependents(path);
    private final Removal removal = new Removal(trees, points);
    private final ContainerCopy copy = new ContainerCopy(trees, subvolumes, points);
    private final SnapshotFiles files = new SnapshotFiles(path);
    private final SnapshotMaker maker =
        new SnapshotMaker(path, instance, freezer, files, copy, removal, trees, dependents, points);
    private final Adoption adoption = new Adoption(path, files, copy, removal, trees, points);
    private final Replacement replacement =
        new Replacement(path, instance, adoption, dependents, removal, points);
    private final UpgradeRollback upgrades =
        new UpgradeRollback(path, instance, maker, replacement, dependents, points);
    private final SharingEngine sharing = new SharingEngine(runner, points, settings.toolTimeout());
    private final ContainerOperations operations =
        new ContainerOperations(path, freezer, upgrades, replacement, files, removal, sharing);
    private final SharingSources sources =
        new SharingSources(path, instance, dependents, settings.essential());
    private final SharingChanges changes =
        new SharingChanges(path, instance, dependents, sharing, sources, operations);

    LxcContainerDriver containerDriver() {
      ImageFile image = new ImageFile(template, settings.images(), settings.imageLimit(), points);
      ImageUnpacking unpacking =
          new ImageUnpacking(path, image, settings.config(), archives, trees, subvolumes, points);
      return new LxcContainerDriver(
          template,
          path,
          new ContainerList(path, instance, template),
          operations,
          image,
          new Activation(path, instance, dependents, sharing, files, unpacking, replacement),
          new ContainerRemoval(path, instance, dependents, files, removal, points),
          new RunningState(instance, changes, points),
          new InPlaceUpgrade(
              path,
              instance,
              dependents,
              maker,
              upgrades,
              trees,
              runner,
              settings.toolTimeout(),
              points),
          new ContainerRollback(path, instance, dependents, files, maker, replacement),
          snapshotStore());
    }

    LxcSnapshotStore snapshotStore() {
      return new LxcSnapshotStore(
          path,
          operations,
          files,
          maker,
          new SnapshotArchive(
              path, files, archives, trees, removal, runner, points, settings.imageLimit()),
          new ContainerRollback(path, instance, dependents, files, maker, replacement));
    }

    LxcOverlaySharing overlaySharing() {
      return new LxcOverlaySharing(path, operations, sharing, sources, changes);
    }
  }
}
