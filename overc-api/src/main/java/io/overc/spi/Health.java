package io.overc.spi;

/** How a container that was started is doing. Immutable. */
public final class Health {
  private static final Health READY = new Health(Status.READY, "");

  private final Status status;
  private final String detail;

  private Health(Status status, String detail) {
    this.status = status;
    this.detail = detail;
  }

  /** How far a container has come. */
  public enum Status {
    /** It runs, and does what it is for. */
    READY,
    /** It runs, and may become ready. */
    NOT_YET,
    /** It has ended, or is being restarted again and again. */
    DOWN
  }

  /** {@return the health of a container that is ready} */
  public static Health ready() {
    return READY;
  }

  /**
   * {@return the health of a container that runs and is not ready}
   *
   * @param why for people, for example what the ready command printed; may be empty
   */
  public static Health notYet(String why) {
    return new Health(Status.NOT_YET, why);
  }

  /**
   * {@return the health of a container that does not keep running}
   *
   * @param why for people, for example its exit code and the end of its log; may be empty
   */
  public static Health down(String why) {
    return new Health(Status.DOWN, why);
  }

  /** {@return how far it has come} */
  public Status status() {
    return status;
  }

  /** {@return why it is not ready, for people; may be empty} */
  public String detail() {
    return detail;
  }
}
