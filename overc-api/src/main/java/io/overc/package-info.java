/** Entry point: finds the backends on the class path or module path. */
@NullMarked
package io.overc;

import org.jspecify.annotations.NullMarked;
