package io.overc.engine;

import io.overc.event.Operation;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SnapshotListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link ManagedSnapshotStore} does with snapshots of containers in another way than with all
 * others.
 */
interface SnapshotWork {
  Set<SnapshotFeature> features();

  /** Refuses an invalid subject name. */
  void checkName(String subject);

  String describe(String subject);

  boolean exists(String subject) throws IOException;

  Collection<String> subjects() throws IOException;

  SnapshotListing list(String subject) throws IOException;

  /** Returns whose snapshot an id is, which may be damaged. */
  Optional<String> subjectOf(SnapshotId id) throws IOException;

  /** Looks for one snapshot, which may be damaged. */
  Optional<Found> find(SnapshotId id) throws IOException;

  /**
   * A snapshot that was found.
   *
   * @param damage why it cannot be restored, if so
   */
  record Found(String subject, Optional<String> damage) {}

  /** Runs the body with the lock of the subject held, after what was interrupted is recovered. */
  <T> T locked(String subject, String attempt, Operation operation, Body<T> body)
      throws IOException;

  interface Body<T> {
    T run(Changes changes, Operation operation) throws IOException;
  }

  /** What changes the subject whose lock is held. */
  interface Changes {
    boolean exists() throws IOException;

    Snapshot create(SnapshotOptions options, Operation operation) throws IOException;

    /**
     * Puts a snapshot in the place of the subject.
     *
     * @param recheck throws if the snapshot has been deleted while it was copied
     */
    void restore(SnapshotId id, Check recheck, Operation operation) throws IOException;

    void delete(SnapshotId id) throws IOException;

    void send(SnapshotId id, Path file, Operation operation) throws IOException;

    Snapshot receive(Path file, ImportOptions options, Operation operation) throws IOException;
  }

  interface Check {
    void run() throws IOException;
  }
}
