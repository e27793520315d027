package io.overc.container;

import io.overc.snapshot.SnapshotId;
import java.util.Optional;

/**
 * Says what an activation did.
 *
 * @param name the container; it is active now
 * @param outcome what was done
 * @param snapshot the snapshot of the container that was replaced; empty if there was none, or the
 *     backend does not say
 */
public record ActivateResult(String name, Outcome outcome, Optional<SnapshotId> snapshot) {

  /** Names what an activation may do. */
  public enum Outcome {
    /** The container was absent. */
    CREATED,
    /** The container was there and was replaced. */
    REPLACED,
    /** It succeeded, and the backend does not say which (site scripts). */
    UNKNOWN
  }
}
