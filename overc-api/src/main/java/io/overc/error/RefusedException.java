package io.overc.error;

/**
 * Signals that a guard refused the operation before anything was touched.
 *
 * <p>Command lines turn it into exit code 3.
 */
public class RefusedException extends OvercException {
  private static final long serialVersionUID = 1L;

  /** Which guard refused. */
  private final Guard guard;

  /**
   * Creates an exception of {@link Guard#OTHER}.
   *
   * @param message what was attempted, on what, why it was refused and what to do
   */
  public RefusedException(String message) {
    super(message);
    this.guard = Guard.OTHER;
  }

  /**
   * Creates an exception.
   *
   * @param guard which guard refused
   * @param message what was attempted, on what, why it was refused and what to do
   */
  public RefusedException(Guard guard, String message) {
    super(message);
    this.guard = guard;
  }

  /**
   * Creates an exception with a remedy.
   *
   * @param guard which guard refused
   * @param problem what was attempted, on what and why it was refused
   * @param remedy what to do; ends the message
   */
  public RefusedException(Guard guard, String problem, Remedy remedy) {
    super(problem, remedy);
    this.guard = guard;
  }

  /** {@return which guard refused} */
  public Guard guard() {
    return guard;
  }

  /** Names the guards, for callers that react to one of them. More may come. */
  public enum Guard {
    /** None of those below. */
    OTHER,
    /** Another operation holds the lock: {@link BusyException}. */
    BUSY,
    /** The host runs its backup. */
    BACKUP_MODE,
    /** An upgrade or a rollback of the host waits for the next boot. */
    PENDING,
    /** The host does not meet the requirements of an upgrade. */
    PREFLIGHT,
    /** An operation on the host was interrupted and is to be recovered first. */
    INTERRUPTED,
    /** There is nothing to go back to. */
    NO_BACKUP,
    /** The container is active. */
    ACTIVE,
    /** Something else depends on it. */
    IN_USE,
    /** The name is taken. */
    EXISTS,
    /** The template has no image, or no source of images. */
    NO_IMAGE,
    /** The backend cannot do this. */
    UNSUPPORTED
  }
}
