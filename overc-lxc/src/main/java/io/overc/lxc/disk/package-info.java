/**
 * Files, directory trees and btrfs subvolumes, read and changed with errors that say what was
 * attempted.
 */
@NullMarked
package io.overc.lxc.disk;

import org.jspecify.annotations.NullMarked;
