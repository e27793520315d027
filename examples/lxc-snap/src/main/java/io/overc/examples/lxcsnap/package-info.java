/** The command {@code lxc-snap}. */
@NullMarked
package io.overc.examples.lxcsnap;

import org.jspecify.annotations.NullMarked;
