/** Containers: start, stop, activate from an image, upgrade, and go back. */
@NullMarked
package io.overc.container;

import org.jspecify.annotations.NullMarked;
