/** VM images of image lists: the events that tell of them and the handler that offers them. */
@NullMarked
package io.overc.image;

import org.jspecify.annotations.NullMarked;
