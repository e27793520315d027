package io.overc.lxc.share;

import java.nio.file.Path;

/** A source by its name, and its root file system. */
public record Source(String name, Path root) {}
