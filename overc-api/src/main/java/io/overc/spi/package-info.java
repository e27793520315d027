/** What a backend implements to be found, and the fault-injection point of its changes. */
@NullMarked
package io.overc.spi;

import org.jspecify.annotations.NullMarked;
