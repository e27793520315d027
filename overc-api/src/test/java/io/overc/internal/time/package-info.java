@NullMarked
package io.overc.internal.time;

import org.jspecify.annotations.NullMarked;
