/** Upgrading the host and going back. */
@NullMarked
package io.overc.host;

import org.jspecify.annotations.NullMarked;
