package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import org.jspecify.annotations.Nullable;

/**
 * Signals that the cloud is not as it was when it was last looked at: look again and decide anew.
 */
final class MovedOnException extends OvercException {
  private static final long serialVersionUID = 1L;

  MovedOnException(String what, @Nullable Throwable cause) {
    super(what + "; somebody else changes it at the same time, do the same again later", cause);
  }
}
