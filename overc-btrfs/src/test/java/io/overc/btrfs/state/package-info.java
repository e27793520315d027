/** Tests of what is in this package, without any tool. */
@NullMarked
package io.overc.btrfs.state;

import org.jspecify.annotations.NullMarked;
