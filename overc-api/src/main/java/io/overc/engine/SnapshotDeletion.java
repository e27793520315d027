package io.overc.engine;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.internal.file.IoErrors;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SnapshotBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Deletes snapshots of one subject, as part of a change of it. */
final class SnapshotDeletion {
  private final SnapshotBackend backend;

  SnapshotDeletion(SnapshotBackend backend) {
    this.backend = backend;
  }

  void delete(SubjectChange change, SnapshotId id) throws IOException {
    change.operation().step("delete " + id);
    change.commit("retire", () -> backend.retire(id));
    try {
      change.clean();
    } catch (IOException e) {
      throw IoErrors.failed("remove all that " + id + " held, which is no snapshot any more", e);
    }
  }

  /** Deletes each that can be deleted, then fails if one could not; returns how many it deleted. */
  int deleteAll(SubjectChange change, String subject, List<SnapshotId> ids) {
    List<String> failures = new ArrayList<>();
    int deleted = 0;
    for (SnapshotId id : ids) {
      try {
        delete(change, id);
        deleted++;
      } catch (InterruptedOperationException e) {
        throw cancelled("Deleted " + deleted + " snapshots of " + subject + ": ", e);
      } catch (OvercException e) {
        failures.add(id + " (" + e.getMessage() + ")");
      } catch (IOException e) {
        failures.add(id + " (" + IoErrors.reason(e) + ")");
      }
    }
    String did = "deleted " + deleted + " snapshots of " + subject;
    if (!failures.isEmpty()) {
      throw new OvercException(
          "Could not delete %s; %s".formatted(String.join(", ", failures), did));
    }
    change.operation().result(did);
    return deleted;
  }

  private static InterruptedOperationException cancelled(
      String did, InterruptedOperationException cause) {
    return cause instanceof DeadlineExceededException
        ? new DeadlineExceededException(did + cause.getMessage(), cause)
        : new InterruptedOperationException(did + cause.getMessage(), cause);
  }
}
