/** The command {@code vmcatcher-event-handler}, which takes the place of CESGA's event handler. */
@NullMarked
package io.overc.examples.vmcatcher;

import org.jspecify.annotations.NullMarked;
