/** Addresses of others. */
@NullMarked
package io.overc.internal.net;

import org.jspecify.annotations.NullMarked;
