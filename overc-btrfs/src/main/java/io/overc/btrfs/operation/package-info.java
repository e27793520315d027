/** The operations on a host: upgrade, rollback, cancel, and the recovery of each of them. */
@NullMarked
package io.overc.btrfs.operation;

import org.jspecify.annotations.NullMarked;
