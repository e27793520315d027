package io.overc.container;

import java.util.Optional;

/**
 * Says what an upgrade of a container did.
 *
 * @param name the container
 * @param source where the new came from
 * @param change whether there was anything newer; an upgrade from the image always replaces
 * @param snapshot the snapshot of the container as it was before; empty if nothing changed, or the
 *     backend does not say
 */
public record UpgradeResult(
    String name, UpgradeSource source, Change change, Optional<String> snapshot) {}
