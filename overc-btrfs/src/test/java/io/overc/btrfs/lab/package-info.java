/**
 * A laboratory for host upgrades: disks in files, laid out as a live machine's, with real package
 * managers, a real boot loader and a machine that boots them.
 *
 * <p>Needs root. Uses nothing of the module it is there to prove, so that it can judge it.
 */
@NullMarked
package io.overc.btrfs.lab;

import org.jspecify.annotations.NullMarked;
