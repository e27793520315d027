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
 */
public record Container(String name, Optional<ContainerStatus> status, Optional<String> template) {}
