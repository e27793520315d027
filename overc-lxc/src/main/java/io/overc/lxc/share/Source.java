package io.overc.lxc.share;

import java.nio.file.Path;

/**
 * A source, and where it is.
 *
 * @param name its name
 * @param root its root file system
 */
public record Source(String name, Path root) {}
