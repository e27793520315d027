package io.overc.lxc;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.engine.ManagedContainerDriver;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.Freezer;
import io.overc.lxc.container.FreshContainer;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.RunningContainers;
import io.overc.lxc.disk.Archives;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Tools;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.operation.Guards;
import io.overc.lxc.operation.ImageFile;
import io.overc.lxc.operation.ImageUnpacking;
import io.overc.lxc.operation.Inventory;
import io.overc.lxc.operation.LxcContainerBackend;
import io.overc.lxc.operation.LxcPackages;
import io.overc.lxc.share.ChangeContext;
import io.overc.lxc.share.Recovery;
import io.overc.lxc.share.SharingChanges;
import io.overc.lxc.share.SharingSources;
import io.overc.lxc.snapshot.LxcSnapshots;
import io.overc.lxc.snapshot.SnapshotArchive;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Puts the LXC backends together, each from the few parts that it needs. This is the one place that
 * knows all parts; immutable.
 */
record LxcBackends(
    LxcSettings settings, Template template, CommandRunner runner, SideEffects effects) {
  /** To look whether a container runs costs a read of one file. */
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Begins with the default template. */
  static LxcBackends of(LxcSettings settings) {
    return new LxcBackends(
        settings,
        Template.builder("lxc", "lxc").build(),
        CommandRunner.system(),
        SideEffects.direct());
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

  ContainerDriver containerDriver() {
    return new Parts().driver();
  }

  SnapshotStore snapshotStore() {
    return new Parts().driver().snapshots();
  }

  LxcOverlaySharing overlaySharing() {
    return new Parts().overlaySharing();
  }

  /** What the backends are made of: in the order in which one part needs another. */
  private final class Parts {
    private final SideEffects points = new Cancellable(effects);
    private final Tools tools = new Tools(runner, settings.toolTimeout());
    private final LxcPath path = new LxcPath(settings.path(), settings.snapshots());
    private final LxcCommands commands =
        new LxcCommands(
            settings.path(),
            new RunningContainers(Path.of("/proc/net/unix"), settings.path()),
            settings.readyTimeout(),
            settings.stopTimeout(),
            runner);
    private final Freezer freezer = new Freezer(path, commands, points);
    private final Subvolumes subvolumes = new Subvolumes(tools);
    private final Trees trees = new Trees(tools, subvolumes);
    private final Archives archives = new Archives(tools);
    private final Dependents dependents = new Dependents(path);
    private final Removal removal = new Removal(trees, points);
    private final FreshContainer fresh = new FreshContainer(path, removal, trees, points);
    private final ContainerCopy copy = new ContainerCopy(trees, subvolumes, points);
    private final SnapshotFiles files = new SnapshotFiles(path);
    private final ChangeContext steps = new ChangeContext(tools, points);
    private final SharingSources sources =
        new SharingSources(path, commands, dependents, settings.essential());
    private final Inventory inventory = new Inventory(path, commands);
    private final Guards guards = new Guards(path, commands, dependents, files);
    private final SharingChanges changes =
        new SharingChanges(path, commands, dependents, sources, steps, this::driver);

    LxcOverlaySharing overlaySharing() {
      return new LxcOverlaySharing(path, driver(), sources, changes);
    }

    ManagedContainerDriver driver() {
      return ManagedContainerDriver.builder(backend(), template)
          .readiness(
              Readiness.builder()
                  .settle(settings.readySettle())
                  .command(settings.readyCommand())
                  .timeout(settings.readyTimeout())
                  .interval(LOOK)
                  .build())
          .effects(effects)
          .build();
    }

    private ContainerBackend backend() {
      ImageFile image = new ImageFile(template, settings.images(), settings.imageLimit(), points);
      return new LxcContainerBackend(
          path,
          commands,
          freezer,
          inventory,
          new ImageUnpacking(path, image, settings.config(), archives, trees, subvolumes, points),
          fresh,
          removal,
          dependents,
          files,
          new Recovery(steps),
          guards,
          changes,
          snapshots(),
          image,
          new LxcPackages(path, template.packageManager(), tools));
    }

    private LxcSnapshots snapshots() {
      SnapshotArchive archive =
          new SnapshotArchive(
              path,
              files,
              archives,
              trees,
              removal,
              runner,
              points,
              settings.config(),
              settings.imageLimit());
      return new LxcSnapshots(
          path, commands, freezer, files, archive, copy, fresh, removal, trees, dependents, points);
    }
  }

  /** Makes every change a point where an interrupt or the deadline cancels the operation. */
  private record Cancellable(SideEffects effects) implements SideEffects {
    @Override
    public <E extends Exception> void run(String name, Action<E> action) throws E {
      effects.run(
          name,
          () -> {
            Cancellation.check("about to " + name);
            action.run();
          });
    }
  }
}
