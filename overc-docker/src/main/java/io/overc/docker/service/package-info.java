/**
 * Runs the instances of service packs as services, and clears away what interrupted operations
 * left.
 */
@NullMarked
package io.overc.docker.service;

import org.jspecify.annotations.NullMarked;
