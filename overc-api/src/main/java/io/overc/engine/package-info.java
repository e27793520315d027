/**
 * The engines: they make rich interfaces of the few primitives that a backend implements, with
 * names, locks, recovery, events and going back.
 */
@NullMarked
package io.overc.engine;

import org.jspecify.annotations.NullMarked;
