package io.overc.opennebula.disk;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Says which image files are converted, and how.
 *
 * @param convert the formats the site cannot take; an OVA is always converted
 * @param target what they are converted to
 * @param staging where to, or empty for beside the image
 * @param limits what an image may ask of this machine
 */
public record DiskOptions(
    Set<DiskFormat> convert, DiskFormat target, Optional<Path> staging, DiskLimits limits) {

  /**
   * Copies the set.
   *
   * @param convert the formats the site cannot take; an OVA is always converted
   * @param target what they are converted to
   * @param staging where to, or empty for beside the image
   * @param limits what an image may ask of this machine
   */
  public DiskOptions {
    convert = Set.copyOf(convert);
  }
}
