/** How snapshots are named and lie on the disk: those of lxc-snap, and those of lxc-snapshot. */
@NullMarked
package io.overc.lxc.snapshot;

import org.jspecify.annotations.NullMarked;
