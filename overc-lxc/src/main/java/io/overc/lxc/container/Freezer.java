package io.overc.lxc.container;

import io.overc.error.OvercException;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Disk;
import io.overc.spi.Instance;
import io.overc.spi.SideEffects;
import java.util.Optional;

/**
 * Freezes a container that runs while it is copied, and thaws a frozen one while it is stopped. A
 * marker tells the next call, should this process die meanwhile, to change that back.
 */
public record Freezer(LxcPath path, LxcCommands commands, SideEffects effects) {
  private static final String FROZEN = "frozen\n";
  private static final String THAWED = "thawed\n";

  /** Does something while a container is frozen; one that its user has frozen stays so. */
  public void whileFrozen(String name, Runnable work) {
    if (commands.state(name) != Instance.State.RUNNING) {
      work.run();
      return;
    }
    try {
      effects.run("freeze", () -> mark(name, FROZEN, () -> commands.freeze(name)));
      work.run();
    } finally {
      Cancellation.shielded(() -> effects.run("thaw", () -> restore(name)));
    }
  }

  /** Stops a frozen container; where that fails and it still runs, it is frozen again. */
  public void stopThawed(String name) {
    try {
      // A frozen init cannot hear that it is to end: lxc-stop would wait for its timeout.
      effects.run("thaw", () -> mark(name, THAWED, () -> commands.thaw(name)));
      commands.stop(name);
    } finally {
      Cancellation.shielded(() -> effects.run("freeze", () -> restore(name)));
    }
  }

  private void mark(String name, String marker, Runnable change) {
    // Needs no sync: a power cut ends the container too.
    Disk.draft(path.frozen(name), marker);
    change.run();
  }

  /** Changes back what was frozen or thawed here, by this process or one that died. */
  public void restore(String name) {
    Optional<String> marker = Disk.read(path.frozen(name));
    if (marker.isEmpty()) {
      return;
    }
    if (commands.runs(name)) {
      if (marker.get().equals(THAWED)) {
        freezeUnlessEnding(name);
      } else {
        commands.thaw(name);
      }
    }
    Disk.delete(path.frozen(name));
  }

  private void freezeUnlessEnding(String name) {
    try {
      commands.freeze(name);
    } catch (OvercException e) {
      if (commands.runs(name)) {
        throw e;
      }
    }
  }
}
