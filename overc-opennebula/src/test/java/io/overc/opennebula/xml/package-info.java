/** Tests of the XML-RPC client. */
@NullMarked
package io.overc.opennebula.xml;

import org.jspecify.annotations.NullMarked;
