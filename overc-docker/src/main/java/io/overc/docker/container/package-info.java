/** Maintains single containers: replaces, upgrades and snapshots them, and goes back. */
@NullMarked
package io.overc.docker.container;

import org.jspecify.annotations.NullMarked;
