/** A small XML-RPC client that distrusts what it is answered. */
@NullMarked
package io.overc.opennebula.xmlrpc;

import org.jspecify.annotations.NullMarked;
