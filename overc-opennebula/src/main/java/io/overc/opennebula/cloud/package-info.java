/** The calls of OpenNebula this backend uses, and what they answer. */
@NullMarked
package io.overc.opennebula.cloud;

import org.jspecify.annotations.NullMarked;
