/**
 * Work on directory trees by descriptor: walk, copy, delete, change owners and modes.
 *
 * <p>A tree may belong to somebody who exchanges its directories for links while it is worked on.
 * So every name is opened by itself in a directory that is open already, and no link is followed;
 * that is what openat2(2) promises for whole paths, without their limit of 4,096 bytes.
 */
@NullMarked
package io.overc.internal.tree;

import org.jspecify.annotations.NullMarked;
