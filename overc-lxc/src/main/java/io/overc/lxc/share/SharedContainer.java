package io.overc.lxc.share;

import io.overc.lxc.layout.SharingArea;
import java.nio.file.Path;

/**
 * A container, and where it is.
 *
 * @param name its name
 * @param directory its directory, with {@code config} in it
 * @param root its root file system, a plain directory
 */
public record SharedContainer(String name, Path directory, Path root) {
  SharingArea area() {
    return new SharingArea(directory);
  }
}
