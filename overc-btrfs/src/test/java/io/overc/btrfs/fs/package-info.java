/** Tests of what is in this package, without any tool. */
@NullMarked
package io.overc.btrfs.fs;

import org.jspecify.annotations.NullMarked;
