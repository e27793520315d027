package io.overc;

import io.overc.spi.Availability;
import io.overc.spi.ToolVersion;
import java.util.List;

/**
 * Says how one backend stands on this machine.
 *
 * @param kind what it is, for example {@code host upgrader}
 * @param id its id, or the class of a provider that could not be loaded
 * @param availability usable, or why not and what to do
 * @param tools the tools it uses
 */
public record Diagnosis(
    String kind, String id, Availability availability, List<ToolVersion> tools) {

  /**
   * Copies the list.
   *
   * @param kind what it is, for example {@code host upgrader}
   * @param id its id, or the class of a provider that could not be loaded
   * @param availability usable, or why not and what to do
   * @param tools the tools it uses
   */
  public Diagnosis {
    tools = List.copyOf(tools);
  }
}
