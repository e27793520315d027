/** Overlay sharing: containers that show the same files and store them once. */
@NullMarked
package io.overc.overlay;

import org.jspecify.annotations.NullMarked;
