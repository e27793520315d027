/** Tests of the events of image lists. */
@NullMarked
package io.overc.image;

import org.jspecify.annotations.NullMarked;
