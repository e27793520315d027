/** Waiting: deadlines, polls, and how work is cancelled. */
@NullMarked
package io.overc.internal.time;

import org.jspecify.annotations.NullMarked;
