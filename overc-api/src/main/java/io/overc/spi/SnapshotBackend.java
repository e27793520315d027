package io.overc.spi;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What a technology can do with snapshots: the primitives from which {@link
 * io.overc.engine.ManagedSnapshotStore} makes a whole {@link io.overc.snapshot.SnapshotStore}.
 *
 * <p>Whatever changes something does so in two parts. The first takes long and is seen by nobody: a
 * <em>draft</em> of a snapshot ({@link #capture}, {@link #receive}) or of a subject ({@link
 * #materialize}) is made under a name of its own. The second is one step that succeeds or has not
 * happened: {@link #publish}, {@link #putInPlace}, {@link #retire}. So whatever is interrupted
 * wherever, {@link #recover} and {@link #clean} know what to do from what is there; nothing is
 * remembered elsewhere.
 *
 * <p>The engine checks names, ids and features, and calls everything that changes something with
 * the lock of the subject held, after {@link #recover} and {@link #clean}; it cleans again after a
 * restore, a deletion and an import. For a restore it holds the lock of the target: a snapshot of
 * another subject may be retired meanwhile, and {@link #materialize} then fails. A primitive
 * refuses with a {@link RefusedException} before it has touched anything, and throws what went
 * wrong otherwise; going back is the engine's work. It stops at an interrupt or the deadline of the
 * operation in loops and waits (by {@link Operation#checkCancelled}; tools that are run by {@code
 * CommandRunner} do), apart from {@link #recover} and {@link #clean}, which the engine runs to
 * their end, and the one step, which the engine shields from what came before it. In Java an
 * interrupt closes an open {@code FileChannel}: use {@link Durable} for the step. It reports to the
 * operation what a person should know (progress, warnings, output), not steps.
 *
 * @implSpec Implementations are immutable and thread-safe: different subjects are worked on at the
 *     same time.
 */
public interface SnapshotBackend {

  /** {@return what this technology can do} */
  Set<SnapshotFeature> features();

  /**
   * Names a subject for people.
   *
   * @param subject its name
   * @return such as "the directory /srv/web"
   */
  String describe(String subject);

  /**
   * {@return the file whose lock lets one operation at a time change a subject; file and
   * directories are made when needed, and stay} Whoever else changes it, such as a driver of
   * containers, uses the same.
   *
   * @param subject its name
   * @throws IOException if that cannot be found out
   */
  Path lockFile(String subject) throws IOException;

  /**
   * {@return whether a subject exists now: whether something has its name, even if it cannot be
   * snapshotted}
   *
   * @param subject its name
   * @throws IOException if that cannot be found out
   */
  boolean exists(String subject) throws IOException;

  /**
   * {@return the names of the subjects that have snapshots, whether they exist or not, in any
   * order}
   *
   * @throws IOException if they cannot be found out
   */
  Collection<String> subjects() throws IOException;

  /**
   * {@return the subject whose snapshot an id names, even if there is no such snapshot (any more);
   * empty if this store has no such ids}
   *
   * @param id an id of this store or not
   * @throws IOException if that cannot be found out
   */
  Optional<String> subjectOf(SnapshotId id) throws IOException;

  /**
   * Lists the snapshots of a subject: those that were published and not retired.
   *
   * @param subject its name
   * @return the snapshots in the order in which they were made, whatever the clock did
   * @throws IOException if none can be found out
   */
  SnapshotListing list(String subject) throws IOException;

  /**
   * Makes the draft of a new snapshot.
   *
   * @param subject what to snapshot; something has its name. If that cannot be snapshotted, refuse
   * @param options how; nothing that is not among the {@link #features}
   * @param operation reports warnings and progress
   * @return the snapshot as it will be listed; its id was never used before, not even by a snapshot
   *     that was deleted, and sorts last: {@link TimestampId} has such ids. A backend that numbers
   *     its snapshots keeps the last number in a file that {@link #clean} leaves alone
   * @throws IOException if a file cannot be read or written
   */
  Snapshot capture(String subject, SnapshotOptions options, Operation operation) throws IOException;

  /**
   * Makes a draft a snapshot: durable, whole, and listed.
   *
   * @param snapshot what {@link #capture} or {@link #receive} returned
   * @throws IOException if a file cannot be read or written
   */
  void publish(Snapshot snapshot) throws IOException;

  /**
   * Takes a snapshot out of the list, durably. What it holds is left to {@link #clean}.
   *
   * @param id a snapshot that is listed, damaged or not
   * @throws RefusedException if something depends on it
   * @throws IOException if a file cannot be read or written
   */
  void retire(SnapshotId id) throws IOException;

  /**
   * Makes the draft of a subject from a snapshot, beside what has its name now.
   *
   * @param id a snapshot that is listed
   * @param target the subject; it does not exist, or is the one that was snapshotted
   * @param operation reports warnings and progress
   * @throws RefusedException if the target exists and cannot be replaced now
   * @throws IOException if a file cannot be read or written
   */
  void materialize(SnapshotId id, String target, Operation operation) throws IOException;

  /**
   * Puts the draft that {@link #materialize} made under the name of the subject, durably. What had
   * the name before is left to {@link #clean}. If this fails, the name has what it had before. A
   * technology that makes a new subject of a snapshot in one short step does so here, without a
   * draft.
   *
   * @param id the snapshot
   * @param target the subject
   * @param operation reports warnings and progress
   * @throws IOException if a file cannot be read or written
   */
  void putInPlace(SnapshotId id, String target, Operation operation) throws IOException;

  /**
   * Ends what a killed operation on a subject left in the middle of {@link #putInPlace}, so that
   * the subject is the old or the new one. Nothing where each primitive is one step.
   *
   * @param subject its name
   * @throws IOException if a file cannot be read or written
   */
  default void recover(String subject) throws IOException {}

  /**
   * Removes whatever belongs to a subject and is neither the subject nor a snapshot: drafts,
   * retired snapshots, what was replaced.
   *
   * @param subject its name
   * @throws IOException if something cannot be removed; as much as possible is
   */
  void clean(String subject) throws IOException;

  /**
   * Writes a snapshot to a file; needs {@link SnapshotFeature#EXPORT}.
   *
   * @param id a snapshot that is listed; its subject is locked
   * @param file does not exist; the engine gives it its name when it is complete
   * @param operation reports warnings and progress
   * @throws IOException if a file cannot be read or written
   */
  default void send(SnapshotId id, Path file, Operation operation) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes the draft of a snapshot from a file; needs {@link SnapshotFeature#IMPORT}.
   *
   * @param file what {@link #send} wrote, or anything else
   * @param subject whose snapshot it becomes
   * @param options what it may have of this host; what else it wants is left out, with a warning
   * @param operation reports warnings and progress
   * @return as {@link #capture}
   * @throws io.overc.error.VerificationException if the file holds no whole snapshot
   * @throws IOException if a file cannot be read or written
   */
  default Snapshot receive(Path file, String subject, ImportOptions options, Operation operation)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
