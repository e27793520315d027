package io.overc.host;

import java.util.Optional;

/**
 * Says what a recovery did.
 *
 * @param outcome what became of the interrupted operation
 * @param operation the operation that was interrupted, if there was one
 */
public record RecoveryResult(Outcome outcome, Optional<String> operation) {

  /** Sorts the ways a recovery can go. */
  public enum Outcome {
    /** Nothing was interrupted. */
    NOTHING_TO_DO,
    /** The operation had passed its commit point and was finished. */
    FINISHED,
    /** The operation had not passed its commit point and was undone. */
    UNDONE
  }
}
