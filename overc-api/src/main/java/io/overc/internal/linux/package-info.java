/**
 * The kernel as the C library offers it: calls that the JDK lacks, and paths as bytes. {@link
 * io.overc.internal.linux.Libc#available()} says whether it is there.
 */
@NullMarked
package io.overc.internal.linux;

import org.jspecify.annotations.NullMarked;
