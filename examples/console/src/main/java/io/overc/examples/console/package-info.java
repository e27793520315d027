/**
 * What the example programs share: options, output for people and for programs, progress, and exit
 * codes.
 *
 * <p>A new program is a module beside this one that depends on {@code overc-console}, a class with
 * {@code main} as in {@link io.overc.examples.console.Program}, and a launcher in {@code
 * examples/bin}: five lines as in {@code examples/bin/overc} that name the module and the class.
 * Every backend is on its class path at run time, since one configuration file serves all programs.
 */
@NullMarked
package io.overc.examples.console;

import org.jspecify.annotations.NullMarked;
