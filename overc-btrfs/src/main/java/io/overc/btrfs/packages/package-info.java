/** Package managers, run in a root that is not the running one. */
@NullMarked
package io.overc.btrfs.packages;

import org.jspecify.annotations.NullMarked;
