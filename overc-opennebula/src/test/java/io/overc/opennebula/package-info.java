/** Tests of the OpenNebula backend against the front-end of the tests. */
@NullMarked
package io.overc.opennebula;

import org.jspecify.annotations.NullMarked;
