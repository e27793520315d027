package io.overc.lxc.instance;

import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.disk.Disk;
import io.overc.spi.Instance;
import io.overc.spi.SideEffects;

/**
 * Freezes a container that runs while it is copied, and no longer: writing the copy to the disk may
 * take long. A marker tells the next call, should this process die meanwhile, to thaw it.
 */
public final class Freezer {
  private final LxcPath path;
  private final LxcCommands commands;
  private final SideEffects effects;

  public Freezer(LxcPath path, LxcCommands commands, SideEffects effects) {
    this.path = path;
    this.commands = commands;
    this.effects = effects;
  }

  /** Does something while a container is frozen; one that its user has frozen stays so. */
  public void run(String name, Runnable work) {
    if (commands.state(name) != Instance.State.RUNNING) {
      work.run();
      return;
    }
    try {
      effects.run(
          "freeze",
          () -> {
            // Needs no sync: a power cut ends the container too.
            Disk.draft(path.frozen(name), "frozen\n");
            commands.freeze(name);
          });
      work.run();
    } finally {
      Cancellation.shielded(() -> effects.run("thaw", () -> thaw(name)));
    }
  }

  /** Thaws what was frozen here, by this process or one that died. */
  public void thaw(String name) {
    if (Disk.exists(path.frozen(name))) {
      if (commands.runs(name)) {
        commands.thaw(name);
      }
      Disk.delete(path.frozen(name));
    }
  }
}
