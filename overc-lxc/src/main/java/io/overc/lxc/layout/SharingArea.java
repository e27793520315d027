package io.overc.lxc.layout;

import io.overc.lxc.disk.Disk;
import java.nio.file.Path;
import java.util.List;

/** The place in the directory of a container where it keeps what it shares. */
public record SharingArea(Path container) {
  public static final String NAME = "sharing";

  public Path home() {
    return container.resolve(NAME);
  }

  public Path config() {
    return container.resolve("config");
  }

  public Path journal() {
    return home().resolve("journal");
  }

  private Path queue() {
    return home().resolve("pending");
  }

  public Path staging() {
    return home().resolve("new");
  }

  public Path trash() {
    return home().resolve("trash");
  }

  public Layout layout(int number) {
    return new Layout(home().resolve(String.valueOf(number)));
  }

  public Layout staged(int number) {
    return new Layout(staging().resolve(String.valueOf(number)));
  }

  public List<Path> layouts() {
    return Disk.list(home()).stream().filter(Layout::isNumber).toList();
  }

  /** Returns a number that no layout has, not even one that is being removed. */
  public int next() {
    return layouts().stream()
            .mapToInt(path -> Integer.parseInt(String.valueOf(path.getFileName())))
            .max()
            .orElse(0)
        + 1;
  }

  public String readConfig() {
    return Disk.readLossless(config()).orElse("");
  }

  public List<OverlayMount> mounts() {
    return MountLines.shared(readConfig()).stream()
        .filter(mount -> mount.work().startsWith(home()))
        .toList();
  }

  public List<SharedWith> shared() {
    return mounts().stream().map(mount -> of(mount).description()).toList();
  }

  /** Returns the changes that wait for the container to stop, the oldest first. */
  public List<PendingChange> pending() {
    return Disk.read(queue()).stream()
        .flatMap(String::lines)
        .map(line -> PendingChange.parse(line, queue()))
        .toList();
  }

  public void writePending(List<PendingChange> changes) {
    if (changes.isEmpty()) {
      Disk.deleteDurably(queue());
    } else {
      Disk.write(queue(), String.join("", changes.stream().map(PendingChange::line).toList()));
    }
  }

  public Layout of(OverlayMount mount) {
    return layout(Layout.numberOf(mount.work()).orElseThrow());
  }
}
