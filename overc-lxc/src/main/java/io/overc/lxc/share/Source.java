package io.overc.lxc.share;

import java.nio.file.Path;

/**
 * Says where a source is.
 *
 * @param name its name
 * @param root its root file system
 */
public record Source(String name, Path root) {}
