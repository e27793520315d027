@NullMarked
package io.overc.docker;

import org.jspecify.annotations.NullMarked;
