/**
 * Snapshots of plain directories on any file system: the embedded default, which needs no root; and
 * containers that are directories.
 */
@NullMarked
package io.overc.directory;

import org.jspecify.annotations.NullMarked;
