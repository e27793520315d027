/** Tests of addresses. */
@NullMarked
package io.overc.internal.net;

import org.jspecify.annotations.NullMarked;
