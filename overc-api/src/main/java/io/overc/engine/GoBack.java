package io.overc.engine;

import io.overc.container.ActivationFailedException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Operation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Goes back after a failure, and tells how that went.
 *
 * @param attempt what was cancelled: "Replacing web"
 * @param failure what has failed, if it was not cancelled
 * @param back what is the case afterwards: "the old one is back"
 * @param goingBack what may fail itself
 */
record GoBack(String attempt, String failure, String back, String goingBack) {

  /**
   * Goes back.
   *
   * @param undo returns why the container does not run although it did, if so
   * @return the exception to be thrown
   */
  RuntimeException after(
      RuntimeException cause, Operation operation, Supplier<Optional<RuntimeException>> undo) {
    String result = back;
    boolean done = false;
    try {
      Optional<RuntimeException> notStarted = undo.get();
      done = notStarted.isEmpty();
      if (!done) {
        cause.addSuppressed(notStarted.get());
        result += ", but does not start: " + notStarted.get().getMessage();
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      result =
          "%s failed (%s); the next operation tries again".formatted(goingBack, e.getMessage());
    }
    if (cause instanceof InterruptedOperationException) {
      if (!done) {
        operation.warn("%s was cancelled: %s".formatted(attempt, result));
      }
      return cause;
    }
    return new ActivationFailedException(
        "%s; %s: %s".formatted(failure, result, cause.getMessage()), done, cause);
  }
}
