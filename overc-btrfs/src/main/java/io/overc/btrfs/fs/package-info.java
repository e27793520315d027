/** The btrfs file system below the host: mounts, subvolumes, a private mount namespace. */
@NullMarked
package io.overc.btrfs.fs;

import org.jspecify.annotations.NullMarked;
