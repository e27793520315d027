/** Tests of the host upgrader. */
@NullMarked
package io.overc.btrfs;

import org.jspecify.annotations.NullMarked;
