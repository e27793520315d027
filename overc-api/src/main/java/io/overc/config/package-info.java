/** Configuration: documented keys, checked all at once. */
@NullMarked
package io.overc.config;

import org.jspecify.annotations.NullMarked;
