/** Containers that run: which do, and how they are started, stopped and frozen. */
@NullMarked
package io.overc.lxc.instance;

import org.jspecify.annotations.NullMarked;
