package io.overc.lxc.share;

import io.overc.error.NotFoundException;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.SharingArea;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container, its directory with {@code config} in it, and its root, a plain directory. */
public record SharedContainer(String name, Path directory, Path root) {
  SharingArea area() {
    return new SharingArea(directory);
  }

  /** Returns the overlays of directories that are all shared. */
  List<OverlayMount> mounts(List<String> directories) {
    List<OverlayMount> found = new ArrayList<>();
    for (String directory : directories) {
      Optional<OverlayMount> mount =
          area().mounts().stream().filter(one -> ("/" + one.target()).equals(directory)).findAny();
      found.add(mount.orElseThrow(() -> notShared(directory)));
    }
    return found;
  }

  private NotFoundException notShared(String directory) {
    List<String> shared = area().mounts().stream().map(mount -> "/" + mount.target()).toList();
    return new NotFoundException(
        "%s does not share %s; it shares %s"
            .formatted(name, directory, shared.isEmpty() ? "nothing" : String.join(", ", shared)));
  }
}
