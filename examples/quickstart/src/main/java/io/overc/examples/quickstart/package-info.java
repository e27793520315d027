/** Shows OverC at work: what {@code ./quickstart} runs. */
@NullMarked
package io.overc.examples.quickstart;

import org.jspecify.annotations.NullMarked;
