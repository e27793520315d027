package io.overc.engine;

import io.overc.event.Operation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerFreezer;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.InMemoryMachine;
import io.overc.testkit.KitMutation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend in memory that has the fault that is active. */
final class FaultyBackend extends InMemoryBackend {
  static final String LOSES_SNAPSHOT = "the replaced container is lost instead of kept";
  static final String FROZEN_INACTIVE = "a frozen container is inactive";
  static final String HIDDEN_LIST = "a damaged entry hides the list";
  static final String STAYS_FROZEN = "a container stays frozen after its snapshot";
  static final String IMAGE_FIRST = "the container goes before the image is known to be there";
  static final String SNAPSHOTS_GO = "snapshots go with their container";
  static final String NOT_RESTARTED = "the old one is not started again after a failed activation";
  static final String OLD_FIRST = "the old one is removed before the new one is ready";
  static final String NO_RECOVERY = "what was interrupted is not seen";
  static final String STARTED_BY_RECOVERY = "recovery starts what did not run";
  static final String NO_LOCK = "the lock is another one at each call";
  static final String WRONG_CONTENT = "a rollback brings back what is there now";
  static final String KEPT_RUNNING = "a container that is to stop runs on";

  static final List<String> ALL =
      List.of(
          LOSES_SNAPSHOT,
          FROZEN_INACTIVE,
          HIDDEN_LIST,
          STAYS_FROZEN,
          IMAGE_FIRST,
          SNAPSHOTS_GO,
          NOT_RESTARTED,
          OLD_FIRST,
          NO_RECOVERY,
          STARTED_BY_RECOVERY,
          NO_LOCK,
          WRONG_CONTENT,
          KEPT_RUNNING);

  private static final AtomicInteger LOCKS = new AtomicInteger();

  private final InMemoryMachine machine;

  FaultyBackend(InMemoryMachine machine, Path locks) {
    super(machine, locks, Style.ADOPTING);
    this.machine = machine;
  }

  private static boolean has(String fault) {
    return KitMutation.active(fault);
  }

  @Override
  public Path lockFile(String name) {
    return super.lockFile(has(NO_LOCK) ? name + LOCKS.incrementAndGet() : name);
  }

  @Override
  public BackendContainer find(String name) {
    BackendContainer found = super.find(name);
    if (has(NO_RECOVERY)) {
      BackendContainer.Builder seen = BackendContainer.builder(name);
      found.current().ifPresent(one -> seen.at(Place.CURRENT, one));
      return seen.build();
    }
    if (has(FROZEN_INACTIVE) && machine.isFrozen(name)) {
      Instance stopped = Instance.of(Instance.State.STOPPED);
      return BackendContainer.builder(name).at(Place.CURRENT, stopped).build();
    }
    return found;
  }

  @Override
  public List<BackendContainer> list() {
    List<BackendContainer> all = super.list();
    for (BackendContainer one : all) {
      if (has(HIDDEN_LIST) && one.current().flatMap(Instance::problem).isPresent()) {
        throw new IllegalStateException("Cannot read " + one.name());
      }
    }
    return all;
  }

  @Override
  public void create(String name, Intent intent, Operation operation) {
    if (has(IMAGE_FIRST) && super.find(name).current().isPresent()) {
      super.kill(name);
      super.remove(name, Place.CURRENT);
    }
    super.create(name, recorded(intent), operation);
  }

  private static Intent recorded(Intent intent) {
    return has(STARTED_BY_RECOVERY)
        ? Intent.parse(intent.text().replace("active=false", "active=true")).orElseThrow()
        : intent;
  }

  @Override
  public void start(String name) {
    if (!has(NOT_RESTARTED) || super.find(name).fresh().isEmpty()) {
      super.start(name);
    }
  }

  @Override
  public void stop(String name) {
    if (!has(KEPT_RUNNING)) {
      super.stop(name);
    }
  }

  @Override
  public void move(String name, Place from, Place to) {
    if (has(OLD_FIRST) && to == Place.OLD) {
      super.remove(name, from);
    } else {
      super.move(name, from, to);
    }
  }

  @Override
  public void remove(String name, Place place) {
    super.remove(name, place);
    if (has(SNAPSHOTS_GO) && place == Place.CURRENT) {
      try {
        ContainerSnapshots snapshots = super.snapshots().orElseThrow();
        for (Snapshot snapshot : snapshots.list(name)) {
          snapshots.discard(snapshot.id());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Optional<ContainerFreezer> freezer() {
    ContainerFreezer real = super.freezer().orElseThrow();
    return Optional.of(
        new ContainerFreezer() {
          @Override
          public void freeze(String name) throws IOException {
            real.freeze(name);
          }

          @Override
          public void thaw(String name) throws IOException {
            if (!has(STAYS_FROZEN)) {
              real.thaw(name);
            }
          }
        });
  }

  @Override
  public Optional<ContainerSnapshots> snapshots() {
    return Optional.of(new FaultySnapshots(super.snapshots().orElseThrow()));
  }

  private final class FaultySnapshots extends ForwardingSnapshots {
    FaultySnapshots(ContainerSnapshots real) {
      super(real);
    }

    @Override
    public void adopt(String name, Place place, SnapshotId id, String comment) throws IOException {
      if (has(LOSES_SNAPSHOT)) {
        FaultyBackend.super.remove(name, place);
      } else {
        super.adopt(name, place, id, comment);
      }
    }

    @Override
    public void restore(SnapshotId id, String name, Intent intent, Operation operation)
        throws IOException {
      if (!has(WRONG_CONTENT)) {
        super.restore(id, name, recorded(intent), operation);
        return;
      }
      SnapshotId now = next(name);
      commit(name, Place.CURRENT, now, SnapshotOptions.defaults(), operation);
      super.restore(now, name, intent, operation);
      discard(now);
    }
  }
}
