package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import org.jspecify.annotations.Nullable;

/** Signals that the cloud has changed since it was last looked at: look again and decide anew. */
final class ConcurrentChangeException extends OvercException {
  private static final long serialVersionUID = 1L;

  ConcurrentChangeException(String change, @Nullable Throwable cause) {
    super(change + "; somebody else changes it at the same time, retry later", cause);
  }
}
