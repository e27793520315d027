/**
 * What a container is on the disk: where it lies, what its config says, who depends on it, and how
 * it is copied, mounted, removed and locked.
 */
@NullMarked
package io.overc.lxc.container;

import org.jspecify.annotations.NullMarked;
