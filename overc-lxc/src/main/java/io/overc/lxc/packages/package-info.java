/** Package managers, run in a container or in the root of one that does not run. */
@NullMarked
package io.overc.lxc.packages;

import org.jspecify.annotations.NullMarked;
