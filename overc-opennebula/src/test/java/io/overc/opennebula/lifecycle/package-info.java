/** Tests of the life of images. */
@NullMarked
package io.overc.opennebula.lifecycle;

import org.jspecify.annotations.NullMarked;
