/** Tests of the XML-RPC client. */
@NullMarked
package io.overc.opennebula.xmlrpc;

import org.jspecify.annotations.NullMarked;
