package io.overc.opennebula.spool;

import io.overc.image.ImageEvent;
import java.nio.file.Path;

/**
 * Holds an event that is kept.
 *
 * @param file where
 * @param number its place in the order
 * @param event the event
 */
record SpooledEvent(Path file, long number, ImageEvent event) {}
