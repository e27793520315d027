package io.overc.engine;

import io.overc.event.Operation;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.ContainerSnapshots;
import io.overc.spi.Intent;
import io.overc.spi.Place;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Hands every call on, for a subclass that changes one. */
abstract class ForwardingSnapshots implements ContainerSnapshots {
  private final ContainerSnapshots real;

  ForwardingSnapshots(ContainerSnapshots real) {
    this.real = real;
  }

  @Override
  public Set<SnapshotFeature> features() {
    return real.features();
  }

  @Override
  public List<String> subjects() throws IOException {
    return real.subjects();
  }

  @Override
  public List<Snapshot> list(String name) throws IOException {
    return real.list(name);
  }

  @Override
  public SnapshotId next(String name) throws IOException {
    return real.next(name);
  }

  @Override
  public Snapshot commit(
      String name, Place place, SnapshotId id, SnapshotOptions options, Operation operation)
      throws IOException {
    return real.commit(name, place, id, options, operation);
  }

  @Override
  public boolean adopts() {
    return real.adopts();
  }

  @Override
  public void adopt(String name, Place place, SnapshotId id, String comment) throws IOException {
    real.adopt(name, place, id, comment);
  }

  @Override
  public void restore(SnapshotId id, String name, Intent intent, Operation operation)
      throws IOException {
    real.restore(id, name, intent, operation);
  }

  @Override
  public void discard(SnapshotId id) throws IOException {
    real.discard(id);
  }
}
