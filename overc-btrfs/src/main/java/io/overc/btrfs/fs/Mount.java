package io.overc.btrfs.fs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Describes a mount, as a line of {@code /proc/self/mountinfo} does (proc(5)).
 *
 * @param device major and minor number of the file system, {@code 0:39}
 * @param root what of the file system is mounted; on btrfs the path of the subvolume
 * @param point where it is mounted
 * @param type the type of the file system
 * @param source what was mounted, usually a device
 * @param options the options of the file system and of the mount
 */
public record Mount(
    String device, String root, Path point, String type, String source, List<String> options) {

  /**
   * Returns the value of an option.
   *
   * @param name the option, for example {@code subvolid}
   * @return the value, or empty
   */
  public Optional<String> option(String name) {
    return options.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst();
  }
}
