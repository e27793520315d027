package io.overc.error;

import java.util.Objects;

/**
 * Says what to do about a failure, in a form that a program can put into its own words: {@link
 * #action} says which of its commands or options helps, {@link #text} the same for people who use
 * the library.
 *
 * <p>A command line, for example, renders {@link Action#ALLOW_STOP} as "pass -f". A program that
 * does not know an action shows the text.
 */
public final class Remedy {
  private final Action action;
  private final String subject;
  private final String text;

  private Remedy(Action action, String subject, String text) {
    this.action = action;
    this.subject = subject;
    this.text = Objects.requireNonNull(text);
  }

  /**
   * Creates a remedy.
   *
   * @param action what helps
   * @param subject on what, for example the name of a container or of a tool; may be empty
   * @param text the same as a clause that begins in lower case and has no full stop
   * @return the remedy
   */
  public static Remedy of(Action action, String subject, String text) {
    return new Remedy(action, subject, text);
  }

  /**
   * Creates a remedy that only a person can carry out.
   *
   * @param text a clause that begins in lower case and has no full stop
   * @return the remedy
   */
  public static Remedy other(String text) {
    return new Remedy(Action.OTHER, "", text);
  }

  /** {@return what helps} */
  public Action action() {
    return action;
  }

  /**
   * {@return the name of what the action is to be done on, for example a container, a configuration
   * key or a tool; may be empty}
   */
  public String subject() {
    return subject;
  }

  /** {@return what to do, for people: a clause such as {@code stop it first}} */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  /** What helps. More may come; a program shows the text of one that it does not know. */
  public enum Action {
    /** Nothing that OverC does: see the text. */
    OTHER,
    /** Install a tool; the subject is its name. */
    INSTALL,
    /** Set a configuration key; the subject is the key. */
    CONFIGURE,
    /** Wait for the other operation and retry. */
    WAIT,
    /** Allow the container, which is active, to be stopped. */
    ALLOW_STOP,
    /** Have the change made before the next start of the container, which is active. */
    DEFER,
    /** Allow the container to be frozen while it is snapshotted. */
    ALLOW_FREEZE,
    /** Ask for a snapshot that is a full copy. */
    FULL_COPY,
    /** Send the template an image; the subject is the template. */
    SEND_IMAGE,
    /** List the containers. */
    LIST_CONTAINERS,
    /** List the snapshots of the subject. */
    LIST_SNAPSHOTS,
    /** Snapshot the subject. */
    SNAPSHOT,
    /** Delete the snapshots of the subject. */
    DELETE_SNAPSHOTS,
    /** Roll the subject back. */
    ROLLBACK,
    /** Share directories of the subject by overlays. */
    SHARE,
    /** Stop sharing directories of the subject by overlays. */
    STOP_SHARING,
    /** Look at the status of the host. */
    HOST_STATUS,
    /** See every requirement of a host upgrade. */
    HOST_PREFLIGHT,
    /** Recover the interrupted operation on the host. */
    HOST_RECOVER,
    /** Cancel what is pending on the host. */
    HOST_CANCEL,
    /** Continue with the pending root, or replace it. */
    HOST_PENDING_POLICY,
    /** Boot the host, through its normal entry. */
    REBOOT
  }
}
