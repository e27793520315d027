package io.overc.btrfs.preflight;

import io.overc.error.InterruptedOperationException;
import io.overc.error.Remedy;
import io.overc.host.Preflight;
import io.overc.host.Preflight.Requirement;
import io.overc.host.Preflight.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the results of checks; a check that cannot be made counts as broken. */
final class Findings {
  private final List<Requirement> requirements = new ArrayList<>();

  /** Checks one requirement. */
  @FunctionalInterface
  interface Check {
    /** Returns what was found. */
    Finding look() throws IOException;
  }

  /** What a check found: a requirement without its title. */
  record Finding(Verdict verdict, String detail, Optional<Remedy> fix) {
    static Finding met(String detail) {
      return new Finding(Verdict.MET, detail, Optional.empty());
    }

    static Finding warning(String detail, String fix) {
      return new Finding(Verdict.WARNING, detail, Optional.of(Remedy.other(fix)));
    }

    static Finding broken(String detail, String fix) {
      return broken(detail, Remedy.other(fix));
    }

    static Finding broken(String detail, Remedy fix) {
      return new Finding(Verdict.BROKEN, detail, Optional.of(fix));
    }
  }

  void check(String title, Check check) {
    Finding found;
    try {
      found = check.look();
    } catch (InterruptedOperationException e) {
      throw e; // The caller wants to stop; nothing is wrong with the host.
    } catch (IOException | RuntimeException e) {
      found = Finding.broken("could not be checked: " + e.getMessage(), "fix this and retry");
    }
    requirements.add(new Requirement(title, found.verdict(), found.detail(), found.fix()));
  }

  Preflight preflight() {
    return new Preflight(requirements);
  }
}
