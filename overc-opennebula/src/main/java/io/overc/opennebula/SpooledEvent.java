package io.overc.opennebula;

import io.overc.image.ImageEvent;
import java.nio.file.Path;

/**
 * An event that is kept in a file.
 *
 * @param number its place in the order
 */
record SpooledEvent(Path file, long number, ImageEvent event) {}
