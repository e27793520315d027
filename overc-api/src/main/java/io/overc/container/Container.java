package io.overc.container;

import java.util.Optional;

/**
 * Describes a container in a list.
 *
 * @param name its name
 * @param status inactive or active; empty where finding out would cost a process for each container
 *     (site scripts): ask {@link ContainerDriver#status}
 * @param template the name of the template it was activated from; empty if that is not known, as
 *     for a container that OverC did not make
 * @param pending the operation that is under way, or was interrupted and is recovered by the next
 *     one, for example {@code container activate}; empty if there is none
 * @param problem what is wrong with it, if it cannot be read
 */
public record Container(
    String name,
    Optional<ContainerStatus> status,
    Optional<String> template,
    Optional<String> pending,
    Optional<String> problem) {

  /**
   * Describes a container that can be read and with which nothing is pending.
   *
   * @param name its name
   * @param status inactive or active; empty where finding out would cost a process
   * @param template the name of the template it was activated from; empty if that is not known
   */
  public Container(String name, Optional<ContainerStatus> status, Optional<String> template) {
    this(name, status, template, Optional.empty(), Optional.empty());
  }
}
