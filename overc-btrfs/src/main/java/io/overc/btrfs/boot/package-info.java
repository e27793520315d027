/** The files the boot loader reads: kernels, what travels with them, and the boot entries. */
@NullMarked
package io.overc.btrfs.boot;

import org.jspecify.annotations.NullMarked;
