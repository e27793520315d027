package io.overc.btrfs.lab;

import java.nio.file.Path;

/**
 * Stands for a whole disk as it was at some moment.
 *
 * @param copy the copy of the image file
 */
public record DiskState(Path copy) {}
