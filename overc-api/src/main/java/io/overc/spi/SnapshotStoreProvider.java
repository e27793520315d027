package io.overc.spi;

import io.overc.snapshot.SnapshotStore;

/** Makes a {@link SnapshotStore}. */
public interface SnapshotStoreProvider extends BackendProvider<SnapshotStore> {}
