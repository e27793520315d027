/**
 * XML that comes from elsewhere, read within limits and without external entities, and a small
 * XML-RPC client on top of that.
 */
@NullMarked
package io.overc.opennebula.xml;

import org.jspecify.annotations.NullMarked;
