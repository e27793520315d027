package io.overc.servicepack;

import java.util.Locale;

/** Says how much of a service {@code bin/build} makes. */
public enum BuildPhase {
  /** What all services of the pack's type have in common. Gets no secrets. */
  BASE,
  /** What one instance has of its own, on top of the base. Gets the secrets. */
  SETUP,
  /** Both at once. Gets the secrets. */
  ALL;

  /**
   * {@return the argument that tells {@code bin/build} the phase: {@code base}, {@code setup} or
   * {@code all}}
   */
  public String argument() {
    return name().toLowerCase(Locale.ROOT);
  }
}
