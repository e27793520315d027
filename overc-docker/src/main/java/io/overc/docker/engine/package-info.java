/**
 * The engine, through the docker command: its containers, its images, and the labels they are known
 * by.
 */
@NullMarked
package io.overc.docker.engine;

import org.jspecify.annotations.NullMarked;
