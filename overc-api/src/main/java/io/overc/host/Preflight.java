package io.overc.host;

import io.overc.error.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * The requirements of an upgrade, and whether a host meets them.
 *
 * @param requirements every requirement that was checked, in the order of the checks
 */
public record Preflight(List<Requirement> requirements) {
  /**
   * Copies the list.
   *
   * @param requirements every requirement that was checked, in the order of the checks
   */
  public Preflight {
    requirements = List.copyOf(requirements);
  }

  /**
   * {@return whether no requirement is broken, so that an upgrade would be attempted; warnings do
   * not count}
   */
  public boolean passed() {
    return broken().isEmpty();
  }

  /** {@return all requirements that are not met; empty if an upgrade would be attempted} */
  public List<Requirement> broken() {
    return requirements.stream().filter(r -> r.verdict() == Verdict.BROKEN).toList();
  }

  /**
   * One requirement.
   *
   * @param title what is required
   * @param verdict whether it is met
   * @param detail what was found
   * @param fix what to do; empty if it is met
   */
  public record Requirement(String title, Verdict verdict, String detail, Optional<Remedy> fix) {}

  /** Whether a requirement is met. */
  public enum Verdict {
    /** It is met. */
    MET,
    /** It is met, with a limitation that should be known. */
    WARNING,
    /** It is not met: an upgrade or a rollback is refused. */
    BROKEN
  }
}
