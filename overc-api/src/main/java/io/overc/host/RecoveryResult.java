package io.overc.host;

import java.util.Optional;

/**
 * What a recovery did.
 *
 * @param outcome the result for the interrupted operation
 * @param operation the operation that was interrupted: {@code upgrade}, {@code rollback} or {@code
 *     cancel}; empty if there was none
 */
public record RecoveryResult(Outcome outcome, Optional<String> operation) {

  /** The ways a recovery can go. */
  public enum Outcome {
    /** Nothing was interrupted. */
    NOTHING_TO_DO,
    /** The operation had passed its commit point and was finished. */
    FINISHED,
    /** The operation had not passed its commit point and was undone. */
    UNDONE
  }
}
