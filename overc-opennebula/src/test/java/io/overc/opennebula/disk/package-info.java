/** Tests of image files, hostile ones too. */
@NullMarked
package io.overc.opennebula.disk;

import org.jspecify.annotations.NullMarked;
