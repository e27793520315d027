/** A Docker engine for tests: the one that runs, or a private one. */
@NullMarked
package io.overc.docker.testkit;

import org.jspecify.annotations.NullMarked;
