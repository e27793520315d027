/**
 * Tar archives of images and of exported snapshots: checked to their end, then unpacked; and
 * packed.
 */
@NullMarked
package io.overc.lxc.archive;

import org.jspecify.annotations.NullMarked;
