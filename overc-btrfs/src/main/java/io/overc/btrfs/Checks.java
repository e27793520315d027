package io.overc.btrfs;

import io.overc.host.Preflight.Requirement;
import io.overc.host.Preflight.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Collects what a preflight found; a check that cannot be made counts as broken. */
final class Checks {
  private final List<Requirement> requirements = new ArrayList<>();

  /** Looks at one requirement. */
  @FunctionalInterface
  interface Check {
    /** Returns what was found. */
    Requirement look() throws IOException;
  }

  void add(String title, Check check) {
    try {
      requirements.add(check.look());
    } catch (IOException | RuntimeException e) {
      requirements.add(
          broken(title, "could not be checked: " + e.getMessage(), "mend that and try again"));
    }
  }

  List<Requirement> all() {
    return List.copyOf(requirements);
  }

  static Requirement met(String title, String detail) {
    return new Requirement(title, Verdict.MET, detail, "");
  }

  static Requirement warning(String title, String detail, String cure) {
    return new Requirement(title, Verdict.WARNING, detail, cure);
  }

  static Requirement broken(String title, String detail, String cure) {
    return new Requirement(title, Verdict.BROKEN, detail, cure);
  }
}
