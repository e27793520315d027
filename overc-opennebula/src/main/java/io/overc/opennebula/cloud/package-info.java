/** The calls of OpenNebula that this backend uses, and what they return. */
@NullMarked
package io.overc.opennebula.cloud;

import org.jspecify.annotations.NullMarked;
