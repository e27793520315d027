@NullMarked
package io.overc.docker.engine;

import org.jspecify.annotations.NullMarked;
