/** Runs tools: argument lists, timeouts, bounded output, no secrets in messages. */
@NullMarked
package io.overc.exec;

import org.jspecify.annotations.NullMarked;
