/** Progress: what a long operation tells while it runs. */
@NullMarked
package io.overc.event;

import org.jspecify.annotations.NullMarked;
