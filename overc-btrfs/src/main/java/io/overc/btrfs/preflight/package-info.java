/** The requirements of a host upgrade, and the guards that refuse what would endanger a host. */
@NullMarked
package io.overc.btrfs.preflight;

import org.jspecify.annotations.NullMarked;
