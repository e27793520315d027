/** Tests of the exceptions. */
@NullMarked
package io.overc.error;

import org.jspecify.annotations.NullMarked;
