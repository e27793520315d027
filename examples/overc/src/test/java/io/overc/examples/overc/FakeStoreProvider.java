package io.overc.examples.overc;

import com.google.auto.service.AutoService;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.Availability;
import io.overc.spi.SnapshotStoreProvider;
import io.overc.spi.ToolVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a store that holds two snapshots and is not usable. */
@AutoService(SnapshotStoreProvider.class)
public final class FakeStoreProvider implements SnapshotStoreProvider {
  @Override
  public String id() {
    return "btrfs";
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public Availability availability(Config config) {
    return Availability.unusable("'btrfs' is missing: install the package btrfs-progs");
  }

  @Override
  public List<ToolVersion> tools(Config config) {
    return List.of(
        new ToolVersion("mount", Optional.of("mount from util-linux 2.38"), ""),
        new ToolVersion("btrfs", Optional.empty(), "install the package btrfs-progs"));
  }

  @Override
  public SnapshotStore create(Config config) {
    return new FakeStore();
  }

  private record FakeStore() implements SnapshotStore {
    @Override
    public Set<SnapshotFeature> features() {
      return Set.of();
    }

    @Override
    public List<String> subjects() {
      return List.of("rootfs");
    }

    @Override
    public List<Snapshot> list(String subject) {
      return List.of(
          new Snapshot(
              subject,
              SnapshotId.of("rootfs@1"),
              Optional.of(Instant.EPOCH),
              Optional.of("before the move")),
          new Snapshot(
              subject, SnapshotId.of("rootfs@2"), Optional.of(Instant.EPOCH), Optional.empty()));
    }

    @Override
    public Snapshot create(String subject, SnapshotOptions options, OperationOptions call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(SnapshotId id, String target, OperationOptions call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(SnapshotId id, OperationOptions call) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int deleteAll(String subject, OperationOptions call) {
      throw new UnsupportedOperationException();
    }
  }
}
