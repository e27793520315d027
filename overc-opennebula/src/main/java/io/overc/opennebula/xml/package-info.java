/** XML that comes from elsewhere, read without external entities and within limits. */
@NullMarked
package io.overc.opennebula.xml;

import org.jspecify.annotations.NullMarked;
