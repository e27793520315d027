package io.overc.image;

import io.overc.error.OvercException;

/**
 * Signals that an event could not be handled now but is kept: {@link ImageListHandler#replay} will
 * handle it. The cause says why it failed.
 */
public class EventKeptException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param where where the event is kept
   * @param cause why it could not be handled
   */
  public EventKeptException(String where, Throwable cause) {
    super(cause.getMessage() + " (the event is kept in " + where + " and can be replayed)", cause);
  }
}
