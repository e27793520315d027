/**
 * Cuts the power of a disk in the middle of its writes: a recorder that logs every write and flush,
 * and a replayer that yields the disk as a power cut would have left it.
 */
@NullMarked
package io.overc.btrfs.powercut;

import org.jspecify.annotations.NullMarked;
