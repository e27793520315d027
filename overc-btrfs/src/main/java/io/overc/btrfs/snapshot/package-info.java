/** Snapshots of btrfs subvolumes, shared with their subjects and made in one step. */
@NullMarked
package io.overc.btrfs.snapshot;

import org.jspecify.annotations.NullMarked;
