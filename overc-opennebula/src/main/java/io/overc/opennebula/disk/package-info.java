/** Image files: checked, unpacked and converted. */
@NullMarked
package io.overc.opennebula.disk;

import org.jspecify.annotations.NullMarked;
