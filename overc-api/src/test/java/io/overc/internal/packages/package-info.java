/** Tests of what is in this package, without any tool. */
@NullMarked
package io.overc.internal.packages;

import org.jspecify.annotations.NullMarked;
