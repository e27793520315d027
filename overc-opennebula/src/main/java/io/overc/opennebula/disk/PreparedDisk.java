package io.overc.opennebula.disk;

import java.nio.file.Path;

/**
 * A file that the cloud can take.
 *
 * @param file the file: the one that was downloaded, or one that was made from it
 * @param format its format
 */
public record PreparedDisk(Path file, DiskFormat format) {}
