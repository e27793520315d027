/** What the example programs are tested with. */
@NullMarked
package io.overc.examples.console.testkit;

import org.jspecify.annotations.NullMarked;
