/**
 * Files, directory trees, btrfs subvolumes and tar archives, with errors that say what was
 * attempted.
 */
@NullMarked
package io.overc.lxc.disk;

import org.jspecify.annotations.NullMarked;
