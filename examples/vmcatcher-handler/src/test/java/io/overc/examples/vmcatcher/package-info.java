/** Tests of the command {@code vmcatcher-event-handler}. */
@NullMarked
package io.overc.examples.vmcatcher;

import org.jspecify.annotations.NullMarked;
