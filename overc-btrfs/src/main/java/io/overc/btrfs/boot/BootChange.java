package io.overc.btrfs.boot;

import java.nio.file.Path;

/**
 * A file that replaces one in the boot directory.
 *
 * @param from what is copied
 * @param target the path it gets, relative to the boot directory
 * @param bytes its size
 */
public record BootChange(Path from, Path target, long bytes) {}
