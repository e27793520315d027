/** A host as it is found: its subvolumes, its mounts, its lock, and what was written about it. */
@NullMarked
package io.overc.btrfs.state;

import org.jspecify.annotations.NullMarked;
