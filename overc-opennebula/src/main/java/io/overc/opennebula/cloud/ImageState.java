package io.overc.opennebula.cloud;

/** The states of an image, by their numbers in OpenNebula 5.12 to 7.4. */
public enum ImageState {
  /** Being created. */
  INIT,
  /** Complete and unused. */
  READY,
  /** Used by virtual machines. */
  USED,
  /** Not to be used. */
  DISABLED,
  /** Being copied. */
  LOCKED,
  /** Failed; the reason is in the template. */
  ERROR,
  /** Being cloned. */
  CLONE,
  /** Being deleted. */
  DELETE,
  /** Used by the virtual machine that owns it. */
  USED_PERS,
  /** Being copied while used. */
  LOCKED_USED,
  /** Being copied while used by its owner. */
  LOCKED_USED_PERS,
  /** A number that is not known here. */
  UNKNOWN;

  /** Returns the state of a number. */
  public static ImageState of(int number) {
    return number >= 0 && number < values().length - 1 ? values()[number] : UNKNOWN;
  }

  /** Tells whether the image is whole. */
  public boolean complete() {
    return this == READY || this == USED || this == USED_PERS || this == DISABLED || this == CLONE;
  }

  /** Tells whether OpenNebula lets an image in this state be disabled. */
  public boolean canBeDisabled() {
    return this == READY || this == ERROR;
  }
}
