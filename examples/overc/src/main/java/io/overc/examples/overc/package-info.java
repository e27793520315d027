/** The command {@code overc}: each group of subcommands is a class of its own. */
@NullMarked
package io.overc.examples.overc;

import org.jspecify.annotations.NullMarked;
