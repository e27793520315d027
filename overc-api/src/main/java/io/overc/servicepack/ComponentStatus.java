package io.overc.servicepack;

import java.util.Optional;

/**
 * Says how one component of a service is.
 *
 * @param name its name; empty for a service that is one
 * @param container the name of its container
 * @param state what the engine says of the container, for example {@code running}
 * @param running whether it runs; one that is being restarted over and over does not
 * @param address its address now, or empty if it has none
 * @param restarts how often the engine has restarted it
 */
public record ComponentStatus(
    String name,
    String container,
    String state,
    boolean running,
    Optional<String> address,
    int restarts) {}
