package io.overc.lxc.instance;

import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.spi.SideEffects;
import java.nio.file.Path;

/**
 * Freezes a container that runs while it is copied. A marker tells the next call, should this
 * process die meanwhile, to thaw it: frozen it would count as active and answer nothing.
 */
public final class Freezer {
  private final LxcPath path;
  private final Instance instance;
  private final SideEffects effects;

  /**
   * Freezes the containers of a directory.
   *
   * @param path where the markers are
   * @param instance freezes and thaws
   * @param effects the fault-injection point
   */
  public Freezer(LxcPath path, Instance instance, SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.effects = effects;
  }

  /** Does something while a container that runs is frozen. */
  public void run(String name, Runnable work) {
    try {
      effects.run(
          "freeze",
          () -> {
            // Needs no sync: a power cut ends the container too.
            Disk.draft(marker(name), "frozen\n");
            instance.freeze(name);
          });
      work.run();
    } finally {
      effects.run("thaw", () -> thaw(name));
    }
  }

  /** Thaws a container that a process which died has left frozen. */
  public void recover(String name) {
    if (Disk.exists(marker(name))) {
      thaw(name);
    }
  }

  private void thaw(String name) {
    if (instance.runs(name)) {
      instance.thaw(name);
    }
    Disk.delete(marker(name));
  }

  private Path marker(String name) {
    return path.frozen(name);
  }
}
