/** A Docker engine for tests: the one that runs, or a private one. */
@NullMarked
package io.overc.docker.engine;

import org.jspecify.annotations.NullMarked;
