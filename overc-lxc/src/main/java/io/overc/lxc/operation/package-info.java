/**
 * What the engine of containers needs of LXC: {@link io.overc.lxc.operation.LxcContainerBackend}
 * and its facets.
 */
@NullMarked
package io.overc.lxc.operation;

import org.jspecify.annotations.NullMarked;
