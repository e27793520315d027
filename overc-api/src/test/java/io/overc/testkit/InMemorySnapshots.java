package io.overc.testkit;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import io.overc.testkit.InMemoryMachine.Box;
import io.overc.testkit.InMemoryMachine.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes snapshots of containers of an {@link InMemoryMachine}. */
class InMemorySnapshots implements ContainerSnapshots {
  private final InMemoryMachine machine;
  private final boolean adopts;

  InMemorySnapshots(InMemoryMachine machine, boolean adopts) {
    this.machine = machine;
    this.adopts = adopts;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return Set.of(
        SnapshotFeature.RESTORE_AS,
        SnapshotFeature.RESTORE_IN_PLACE,
        SnapshotFeature.COMMENTS,
        SnapshotFeature.FREEZE);
  }

  @Override
  public List<String> subjects() {
    synchronized (machine) {
      return machine.snapshots.values().stream()
          .map(kept -> kept.snapshot().subject())
          .distinct()
          .toList();
    }
  }

  @Override
  public List<Snapshot> list(String name) {
    synchronized (machine) {
      return machine.snapshots.values().stream()
          .map(Kept::snapshot)
          .filter(snapshot -> snapshot.subject().equals(name))
          .toList();
    }
  }

  @Override
  public SnapshotId next(String name) {
    synchronized (machine) {
      return SnapshotId.of("%s/%06d".formatted(name, machine.number(name)));
    }
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation) {
    synchronized (machine) {
      Cancellation.check("copying " + name);
      Box box = machine.places(name).get(place);
      if (box == null) {
        throw new NotFoundException("There is no container " + name);
      }
      return keep(name, id, options.comment(), box.copy());
    }
  }

  @Override
  public boolean adopts() {
    return adopts;
  }

  @Override
  public void adopt(String name, Place place, SnapshotId id, String comment) {
    synchronized (machine) {
      Box box = machine.places(name).remove(place);
      if (box != null) {
        keep(name, id, Optional.of(comment), box);
      }
    }
  }

  private Snapshot keep(String name, SnapshotId id, Optional<String> comment, Box box) {
    Snapshot snapshot = new Snapshot(name, id, Optional.of(Instant.now()), comment);
    if (machine.snapshots.putIfAbsent(id, new Kept(snapshot, box)) != null) {
      throw new OvercException("There is a snapshot " + id + " already");
    }
    return snapshot;
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation) {
    synchronized (machine) {
      Cancellation.check("copying " + id);
      Kept kept = machine.snapshots.get(id);
      if (kept == null) {
        throw new NotFoundException("There is no snapshot " + id);
      }
      machine.places(name).put(Place.FRESH, kept.box().copy());
      machine.intents.put(name, intent.text());
    }
  }

  @Override
  public void discard(SnapshotId id) {
    synchronized (machine) {
      machine.snapshots.remove(id);
    }
  }
}
