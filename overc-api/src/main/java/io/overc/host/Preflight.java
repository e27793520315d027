package io.overc.host;

import java.util.List;

/**
 * Says whether a host is laid out so that it can be upgraded and go back.
 *
 * @param requirements every requirement that was checked
 */
public record Preflight(List<Requirement> requirements) {

  /**
   * Copies the list.
   *
   * @param requirements every requirement that was checked
   */
  public Preflight {
    requirements = List.copyOf(requirements);
  }

  /**
   * Tells whether nothing is broken; warnings do not count.
   *
   * @return whether an upgrade would be attempted
   */
  public boolean passed() {
    return broken().isEmpty();
  }

  /**
   * Returns the requirements that are not met.
   *
   * @return all of them
   */
  public List<Requirement> broken() {
    return requirements.stream().filter(r -> r.verdict() == Verdict.BROKEN).toList();
  }

  /**
   * Describes one requirement.
   *
   * @param title what is required
   * @param verdict whether it is met
   * @param detail what was found
   * @param cure what to do; empty if it is met
   */
  public record Requirement(String title, Verdict verdict, String detail, String cure) {}

  /** Says whether a requirement is met. */
  public enum Verdict {
    /** It is met. */
    MET,
    /** It is met, but something should be known. */
    WARNING,
    /** It is not met: nothing will be upgraded. */
    BROKEN
  }
}
