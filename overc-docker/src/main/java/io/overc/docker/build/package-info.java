/**
 * Asks service packs what they need and builds their images: bases, and instances with their
 * secrets.
 */
@NullMarked
package io.overc.docker.build;

import org.jspecify.annotations.NullMarked;
