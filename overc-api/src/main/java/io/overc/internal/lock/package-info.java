/** Locks that hold: against the threads of this JVM, other class loaders and other processes. */
@NullMarked
package io.overc.internal.lock;

import org.jspecify.annotations.NullMarked;
