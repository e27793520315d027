@NullMarked
package io.overc.docker.container;

import org.jspecify.annotations.NullMarked;
