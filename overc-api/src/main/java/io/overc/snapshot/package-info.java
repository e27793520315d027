/** Snapshots of what can be restored. */
@NullMarked
package io.overc.snapshot;

import org.jspecify.annotations.NullMarked;
