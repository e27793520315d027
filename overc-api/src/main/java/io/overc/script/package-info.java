/** Containers by site scripts: one script for each template. */
@NullMarked
package io.overc.script;

import org.jspecify.annotations.NullMarked;
