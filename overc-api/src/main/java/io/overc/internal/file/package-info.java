/** Files that survive a power cut, and foreign files that are read as bytes with a limit. */
@NullMarked
package io.overc.internal.file;

import org.jspecify.annotations.NullMarked;
