/** The opennebula backends of OverC. */
@NullMarked
package io.overc.opennebula;

import org.jspecify.annotations.NullMarked;
