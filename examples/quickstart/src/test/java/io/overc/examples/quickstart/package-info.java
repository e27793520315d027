/** Holds that the stories go as they are told. */
@NullMarked
package io.overc.examples.quickstart;

import org.jspecify.annotations.NullMarked;
