/** Events that could not be handled, kept until they can be. */
@NullMarked
package io.overc.opennebula.spool;

import org.jspecify.annotations.NullMarked;
