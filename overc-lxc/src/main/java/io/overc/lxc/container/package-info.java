/**
 * What a container is: where it lies on the disk, what its config says, who depends on it, whether
 * it runs, and how it is started, frozen, copied, mounted and removed.
 */
@NullMarked
package io.overc.lxc.container;

import org.jspecify.annotations.NullMarked;
