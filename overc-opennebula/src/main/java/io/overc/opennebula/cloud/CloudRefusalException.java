package io.overc.opennebula.cloud;

import io.overc.error.RefusedException;
import io.overc.error.Remedy;

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

    private String remedy() {
      return switch (this) {
        case AUTHENTICATION -> "check user and password in the file ONE_AUTH names";
        case AUTHORIZATION -> "use a user of the group oneadmin";
        case MISSING -> "check that it was not removed meanwhile";
        case ACTION, ALLOCATION -> "remove the cause and retry";
        case LOCKED -> "unlock it and retry";
        case OTHER -> "see the log of oned and retry";
      };
    }
  }

  /** Which kind of refusal it was. */
  private final Reason reason;

  CloudRefusalException(String attempt, String text, long code) {
    super(
        Guard.OTHER,
        "Could not %s: OpenNebula says '%s' (code 0x%04x)".formatted(attempt, text, code),
        Remedy.other(Reason.of(code).remedy()));
    this.reason = Reason.of(code);
  }

  public Reason reason() {
    return reason;
  }
}
