/** Tests of the snapshot store on a real btrfs. */
@NullMarked
package io.overc.btrfs.snapshot;

import org.jspecify.annotations.NullMarked;
