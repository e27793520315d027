package io.overc.container;

import java.time.Instant;
import java.util.Optional;

/**
 * Describes a snapshot of a container.
 *
 * @param container the name of the container
 * @param id how {@link ContainerDriver#rollback(String, String, io.overc.event.OperationOptions)}
 *     names it
 * @param created when it was made, if the backend says so
 * @param comment what its maker wrote about it, if anything
 */
public record ContainerSnapshot(
    String container, String id, Optional<Instant> created, Optional<String> comment) {}
