/** An OpenNebula front-end for tests, held against the recorded answers of a real one. */
@NullMarked
package io.overc.opennebula.frontend;

import org.jspecify.annotations.NullMarked;
