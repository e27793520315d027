package io.overc.error;

/**
 * Signals that another operation holds the lock of the thing that was to be changed. Nothing was
 * touched; the same call can be made again when the holder is done.
 */
public class BusyException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Who holds the lock, for people. */
  private final String holder;

  /**
   * Creates an exception.
   *
   * @param subject what is locked, for example {@code host upgrade of /}
   * @param holder who holds the lock, as far as known, for example {@code pid 4711: upgrade}
   */
  public BusyException(String subject, String holder) {
    super(
        Guard.BUSY,
        subject + " is locked by another operation (" + holder + ")",
        Remedy.of(Remedy.Action.WAIT, subject, "wait until it is done and try again"));
    this.holder = holder;
  }

  /** {@return who holds the lock, for people, as far as known} */
  public String holder() {
    return holder;
  }
}
