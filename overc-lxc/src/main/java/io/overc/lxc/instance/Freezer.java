package io.overc.lxc.instance;

import io.overc.internal.time.Cancellation;
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

  /**
   * Does something while a container that runs is frozen. One that its user has frozen stays so;
   * any other is thawed, whatever becomes of the work.
   */
  public void run(String name, Runnable work) {
    if (instance.state(name) == ContainerState.FROZEN) {
      work.run();
      return;
    }
    boolean frozen = false;
    try {
      effects.run(
          "freeze",
          () -> {
            // Needs no sync: a power cut ends the container too.
            Disk.draft(marker(name), "frozen\n");
            instance.freeze(name);
          });
      frozen = true;
      work.run();
    } finally {
      boolean surely = !frozen;
      Cancellation.shielded(() -> effects.run("thaw", () -> thaw(name, surely)));
    }
  }

  /** Thaws a container that a process which died has left frozen. */
  public void recover(String name) {
    if (Disk.exists(marker(name))) {
      thaw(name, /* surely= */ true);
    }
  }

  private void thaw(String name, boolean surely) {
    if (instance.runs(name)) {
      if (surely) {
        instance.thawSurely(name);
      } else {
        instance.thaw(name);
      }
    }
    Disk.delete(marker(name));
  }

  private Path marker(String name) {
    return path.frozen(name);
  }
}
