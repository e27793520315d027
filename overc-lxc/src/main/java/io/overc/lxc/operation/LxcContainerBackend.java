package io.overc.lxc.operation;

import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandTimeoutException;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.Freezer;
import io.overc.lxc.container.FreshContainer;
import io.overc.lxc.container.Journal;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.share.Recovery;
import io.overc.lxc.share.SharingChanges;
import io.overc.lxc.snapshot.SnapshotFiles;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerImages;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Health;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.PackageUpgrades;
import io.overc.spi.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * LXC containers: directories that change their places by renames. The config of each says from the
 * beginning where it will be as the container. A journal holds the operation that is under way;
 * without one, only what is in place counts.
 */
public record LxcContainerBackend(
    LxcPath path,
    LxcCommands commands,
    Freezer freezing,
    Inventory inventory,
    ImageUnpacking unpacking,
    FreshContainer fresh,
    Removal removal,
    Dependents dependents,
    SnapshotFiles files,
    Recovery sharing,
    Guards guards,
    SharingChanges changes,
    ContainerSnapshots snapshotting,
    ContainerImages imaging,
    PackageUpgrades upgrading)
    implements ContainerBackend {
  /** Lies in a container that its user had frozen when it was stopped. */
  private static final String WAS_FROZEN = "overc_frozen";

  @Override
  public Path lockFile(String name) {
    return path.lock(name);
  }

  @Override
  public BackendContainer find(String name) {
    return inventory.find(name);
  }

  @Override
  public List<BackendContainer> list() {
    return inventory.list();
  }

  @Override
  public void cleanUp(String name) {
    freezing.restore(name);
    removal.run(path.trash(name));
    removal.run(path.staging(name));
    if (!Disk.exists(path.journal(name))) {
      removal.run(path.fresh(name));
    }
    files.unfinished(name).forEach(removal::run);
    if (Files.isRegularFile(path.container(name).resolve("config"))) {
      sharing.run(path.container(name));
    }
  }

  @Override
  public void before(OperationKind kind, String name, Operation operation) {
    Disk.delete(path.container(name).resolve(WAS_FROZEN));
    guards.check(kind, name, operation);
    if (kind.equals(OperationKind.CONTAINER_START)) {
      changes.beforeStart(name, operation);
    }
  }

  @Override
  public void create(String name, Intent intent, Operation operation) {
    boolean present = Files.isRegularFile(path.container(name).resolve("config"));
    unpacking.prepare(name, present, fresh.begin(name), operation);
    fresh.publish(name, intent);
  }

  @Override
  public void record(String name, Intent intent) {
    Journal.write(path.journal(name), intent);
  }

  @Override
  public void forget(String name) {
    Path container = path.container(name);
    if (Files.isRegularFile(container.resolve("config"))) {
      Disk.delete(container.resolve(FreshContainer.NEVER_STARTED));
      dependents.register(container);
    }
    Disk.deleteDurably(path.journal(name));
  }

  @Override
  public void start(String name) {
    if (commands.runs(name)) {
      return;
    }
    Path wasFrozen = path.container(name).resolve(WAS_FROZEN);
    Disk.delete(path.container(name).resolve(FreshContainer.NEVER_STARTED));
    commands.start(name);
    if (Disk.exists(wasFrozen)) {
      commands.freeze(name);
      Disk.delete(wasFrozen);
    }
  }

  @Override
  public void stop(String name) {
    if (commands.state(name) == Instance.State.FROZEN) {
      Disk.draft(path.container(name).resolve(WAS_FROZEN), "");
      freezing.stopThawed(name);
    } else {
      commands.stop(name);
    }
  }

  @Override
  public void kill(String name) {
    commands.kill(name);
  }

  @Override
  public void move(String name, Place from, Place to) {
    if (Disk.exists(path.at(name, from))) {
      Disk.rename(path.at(name, from), path.at(name, to));
    }
  }

  @Override
  public void remove(String name, Place place) {
    Path directory = path.at(name, place);
    if (!Disk.exists(directory)) {
      return;
    }
    if (place != Place.CURRENT) {
      fresh.leave(name, directory);
      removal.discard(directory, path.trash(name));
      return;
    }
    Optional<Path> base = dependents.base(directory);
    removal.discard(directory, path.trash(name));
    Cancellation.shielded(() -> dependents.unregister(directory, base));
  }

  @Override
  public Health health(String name, List<String> command, Duration limit) {
    if (!commands.runs(name)) {
      return Health.down(
          "it ended; look into its log, or start it in the foreground with lxc-start -F");
    }
    if (command.isEmpty()) {
      return Health.ready();
    }
    try {
      CommandResult result = commands.attach(name, command, limit);
      return result.succeeded()
          ? Health.ready()
          : Health.notYet("the ready command returned %d".formatted(result.exitCode()));
    } catch (CommandTimeoutException e) {
      return Health.notYet(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Optional<ContainerSnapshots> snapshots() {
    return Optional.of(snapshotting);
  }

  @Override
  public Optional<ContainerImages> images() {
    return Optional.of(imaging);
  }

  @Override
  public Optional<PackageUpgrades> packages() {
    return Optional.of(upgrading);
  }
}
