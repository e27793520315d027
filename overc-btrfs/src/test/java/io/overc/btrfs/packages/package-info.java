/** Tests of what is in this package, without any tool. */
@NullMarked
package io.overc.btrfs.packages;

import org.jspecify.annotations.NullMarked;
