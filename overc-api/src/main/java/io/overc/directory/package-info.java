/** Snapshots of plain directories on any file system: the embedded default; needs no root. */
@NullMarked
package io.overc.directory;

import org.jspecify.annotations.NullMarked;
