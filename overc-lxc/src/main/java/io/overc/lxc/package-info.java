/** The lxc backends of OverC. */
@NullMarked
package io.overc.lxc;

import org.jspecify.annotations.NullMarked;
