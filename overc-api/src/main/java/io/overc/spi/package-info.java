/** What a backend implements to be found, and the door through which it changes the world. */
@NullMarked
package io.overc.spi;

import org.jspecify.annotations.NullMarked;
