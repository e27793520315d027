package io.overc.lxc;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.replacement.Journal;
import io.overc.lxc.snapshot.LxcSnapshotId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes a container that was changed in place back to the snapshot that its journal names. Can be
 * interrupted anywhere and begun again: the snapshot is what counts.
 */
final class WayBack {
  private final LxcTools tools;

  WayBack(LxcTools tools) {
    this.tools = tools;
  }

  /** Takes a container back whose upgrade was interrupted; does nothing to any other. */
  void recover(String name, Operation operation) {
    Disk.read(tools.path.journal(name))
        .map(Journal::parse)
        .filter(journal -> journal.step() == Journal.Step.UPGRADE)
        .ifPresent(journal -> recover(name, journal, operation));
  }

  private void recover(String name, Journal journal, Operation operation) {
    String snapshot = journal.keep().orElse("");
    operation.warn(
        "The upgrade of %s was interrupted; it goes back to %s".formatted(name, snapshot));
    if (!Disk.exists(tools.path.snapshot(snapshot)) || !tools.path.present(name)) {
      operation.warn("There is no %s or no %s any more".formatted(snapshot, name));
      Disk.delete(tools.path.journal(name));
      return;
    }
    run(name, journal, operation)
        .ifPresent(e -> operation.warn(name + " is back, but does not start: " + e.getMessage()));
  }

  /** Returns why the container, which is back, did not start, if it should and did not. */
  Optional<OvercException> run(String name, Journal journal, Operation operation) {
    LxcSnapshotId id = LxcSnapshotId.parse(journal.keep().orElseThrow());
    Path container = tools.path.container(name);
    Path old = tools.path.old(name);
    operation.step("go back to " + id);
    new SnapshotMaker(tools).prepare(id, name, operation);
    tools.effects.run("kill upgraded", () -> tools.instance.kill(name));
    if (Disk.exists(container)) {
      tools.replacement.leave(name, old);
      tools.effects.run("move upgraded aside", () -> Disk.rename(container, old));
    }
    tools.effects.run(
        "put snapshot in place", () -> Disk.rename(tools.path.fresh(name), container));
    tools.replacement.leave(name, old);
    tools.dependents.register(container);
    Optional<OvercException> notStarted = Optional.empty();
    if (journal.active()) {
      try {
        tools.effects.run("start", () -> tools.instance.start(name));
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        notStarted = Optional.of(e);
      }
    }
    // One that does not start shall not be in the way of what its user does about it.
    tools.effects.run("remove journal", () -> Disk.delete(tools.path.journal(name)));
    return notStarted;
  }
}
