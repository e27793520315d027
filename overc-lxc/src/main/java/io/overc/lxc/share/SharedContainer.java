package io.overc.lxc.share;

import io.overc.lxc.layout.SharingArea;
import java.nio.file.Path;

/** A container, its directory with {@code config} in it, and its root, a plain directory. */
public record SharedContainer(String name, Path directory, Path root) {
  SharingArea area() {
    return new SharingArea(directory);
  }
}
