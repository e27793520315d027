/** Tests of the work on directory trees. */
@NullMarked
package io.overc.internal.tree;

import org.jspecify.annotations.NullMarked;
