package io.overc.opennebula.cloud;

import io.overc.error.RefusedException;

/** Signals that OpenNebula refused a call. */
public class CloudRefusalException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Why OpenNebula refuses calls. */
  public enum Reason {
    /** Who calls could not be authenticated. */
    AUTHENTICATION,
    /** The user has not the right. */
    AUTHORIZATION,
    /** What was named is not there. */
    MISSING,
    /** It cannot be done in the present state. */
    ACTION,
    /** It could not be allocated, for example because the name is taken. */
    ALLOCATION,
    /** Somebody has locked it. */
    LOCKED,
    /** OpenNebula is broken, or something else. */
    OTHER;

    static Reason of(long code) {
      return switch ((int) code) {
        case 0x0100 -> AUTHENTICATION;
        case 0x0200 -> AUTHORIZATION;
        case 0x0400 -> MISSING;
        case 0x0800 -> ACTION;
        case 0x4000 -> ALLOCATION;
        case 0x8000 -> LOCKED;
        default -> OTHER;
      };
    }

    private String cure() {
      return switch (this) {
        case AUTHENTICATION -> "check user and password in the file ONE_AUTH names";
        case AUTHORIZATION -> "use a user of the group oneadmin";
        case MISSING -> "check that it was not removed meanwhile";
        case ACTION, ALLOCATION -> "remove the cause and do the same again";
        case LOCKED -> "unlock it and do the same again";
        case OTHER -> "see the log of oned and do the same again";
      };
    }
  }

  /** Why. */
  private final Reason reason;

  /**
   * Creates an exception.
   *
   * @param attempt what was attempted, on what
   * @param text what OpenNebula says
   * @param code its code
   */
  public CloudRefusalException(String attempt, String text, long code) {
    super(
        "Could not %s: OpenNebula says '%s' (code 0x%04x): %s"
            .formatted(attempt, text, code, Reason.of(code).cure()));
    this.reason = Reason.of(code);
  }

  /**
   * Returns why OpenNebula refused.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
