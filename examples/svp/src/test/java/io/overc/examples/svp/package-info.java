@NullMarked
package io.overc.examples.svp;

import org.jspecify.annotations.NullMarked;
