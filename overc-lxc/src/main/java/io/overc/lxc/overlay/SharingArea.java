package io.overc.lxc.overlay;

import io.overc.lxc.disk.Disk;
import java.nio.file.Path;
import java.util.List;

/**
 * Is where a container keeps what it shares.
 *
 * @param container the directory of the container
 */
record SharingArea(Path container) {
  static final String NAME = "sharing";

  Path home() {
    return container.resolve(NAME);
  }

  Path config() {
    return container.resolve("config");
  }

  Path journal() {
    return home().resolve("journal");
  }

  Path pending() {
    return home().resolve("pending");
  }

  /** Where layouts are made. */
  Path staging() {
    return home().resolve("new");
  }

  /** Where the root is mounted in a namespace of its own. */
  Path view() {
    return home().resolve("view");
  }

  /** Where layouts wait for their removal. */
  Path trash() {
    return home().resolve("trash");
  }

  Layout layout(int number) {
    return new Layout(home().resolve(String.valueOf(number)));
  }

  Layout staged(int number) {
    return new Layout(staging().resolve(String.valueOf(number)));
  }

  List<Path> layouts() {
    return Disk.list(home()).stream().filter(Layout::isNumber).toList();
  }

  /** Returns a number that no layout has, not even one that is being removed. */
  int next() {
    return layouts().stream()
            .mapToInt(path -> Integer.parseInt(String.valueOf(path.getFileName())))
            .max()
            .orElse(0)
        + 1;
  }

  String readConfig() {
    return Disk.readLossless(config()).orElse("");
  }

  /** Returns the overlays of this container's shared directories. */
  List<OverlayMount> mounts() {
    return MountLines.shared(readConfig()).stream()
        .filter(mount -> mount.work().startsWith(home()))
        .toList();
  }

  /** Returns the layout that an overlay uses. */
  Layout of(OverlayMount mount) {
    return layout(Layout.numberOf(mount.work()).orElseThrow());
  }
}
