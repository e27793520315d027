/** The kinds of failure a caller may want to tell apart. */
@NullMarked
package io.overc.error;

import org.jspecify.annotations.NullMarked;
