<<<<<<< HEAD
/** Waiting: deadlines, polls, and how work is cancelled. */
=======
/** Waiting: every wait has a deadline and hears an interrupt. */
>>>>>>> floor
@NullMarked
package io.overc.internal.time;

import org.jspecify.annotations.NullMarked;
