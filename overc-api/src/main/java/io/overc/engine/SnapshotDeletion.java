package io.overc.engine;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.internal.file.IoErrors;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Deletes all snapshots of one subject. */
final class SnapshotDeletion {
  private SnapshotDeletion() {}

  /** Deletes each that can be deleted, then fails if one could not; returns how many it deleted. */
  static int deleteAll(
      SnapshotWork.Changes changes, String subject, List<SnapshotId> ids, Operation operation) {
    List<String> failures = new ArrayList<>();
    int deleted = 0;
    for (SnapshotId id : ids) {
      try {
        operation.step("delete " + id);
        changes.delete(id);
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
    operation.result(did);
    return deleted;
  }

  private static InterruptedOperationException cancelled(
      String did, InterruptedOperationException cause) {
    return cause instanceof DeadlineExceededException
        ? new DeadlineExceededException(did + cause.getMessage(), cause)
        : new InterruptedOperationException(did + cause.getMessage(), cause);
  }
}
