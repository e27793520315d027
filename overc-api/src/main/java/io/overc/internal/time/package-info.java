/** Waiting: every wait has a deadline and hears an interrupt. */
@NullMarked
package io.overc.internal.time;

import org.jspecify.annotations.NullMarked;
