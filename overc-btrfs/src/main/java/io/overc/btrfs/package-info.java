/** The btrfs backends of OverC. */
@NullMarked
package io.overc.btrfs;

import org.jspecify.annotations.NullMarked;
