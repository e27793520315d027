package io.overc.lxc.replacement;

import io.overc.container.ActivationFailedException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.Instance;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts a prepared container in the place of another one by two renames, starts it, and goes back if
 * it does not come up; the one way in which a container's directory is ever exchanged.
 *
 * <p>A journal tells the next call, should this process die, whether to undo (the old container
 * counts until the new one is up) or to finish. Callers hold the container's lock.
 */
public final class Replacement {
  private final LxcPath path;
  private final Instance instance;
  private final Adoption adoption;
  private final Removal removal;
  private final SideEffects effects;

  /**
   * Replaces the containers of a directory.
   *
   * @param path where they are
   * @param instance starts and stops them
   * @param adoption makes snapshots of those that were replaced
   * @param removal removes those that are not kept
   * @param effects the fault-injection point
   */
  public Replacement(
      LxcPath path, Instance instance, Adoption adoption, Removal removal, SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.adoption = adoption;
    this.removal = removal;
    this.effects = effects;
  }

  /**
   * Replaces a container, or creates it, with what stands prepared in {@link LxcPath#fresh}.
   *
   * @param start whether to start the new one
   * @param keep the snapshot that the old one becomes; empty to remove it
   */
  public void run(String name, boolean start, Optional<String> keep, Operation operation) {
    boolean present = path.present(name);
    boolean active = present && instance.runs(name);
    if (!present && !start) {
      // One rename does it all: there is nothing to undo or to finish.
      effects.run("put new in place", () -> Disk.rename(path.fresh(name), path.container(name)));
      return;
    }
    Journal journal = new Journal(Journal.Step.SWITCH, present, active, keep);
    effects.run("write journal", () -> Disk.write(path.journal(name), journal.text()));
    try {
      if (active) {
        operation.step("stop " + name);
        effects.run("stop", () -> instance.stop(name));
      }
      operation.step("switch " + name);
      if (present) {
        effects.run("move old aside", () -> Disk.rename(path.container(name), path.old(name)));
      }
      effects.run("put new in place", () -> Disk.rename(path.fresh(name), path.container(name)));
      if (start) {
        operation.step("start " + name);
        effects.run("start", () -> instance.start(name));
      }
    } catch (InterruptedOperationException e) {
      throw e; // The flag is set, so nothing more can be done here: the next call goes back.
    } catch (OvercException e) {
      throw goneBack(name, journal, e);
    }
    effects.run("write journal", () -> Disk.write(path.journal(name), journal.committed().text()));
    finish(name, journal);
  }

  /** Finishes or undoes what a process that died has left; does nothing if there is nothing. */
  public void recover(String name, Operation operation) {
    Optional<Journal> journal = Disk.read(path.journal(name)).map(Journal::parse);
    if (journal.isEmpty()) {
      removal.run(path.fresh(name));
      removal.run(path.trash(name));
    } else if (journal.get().step() == Journal.Step.COMMIT || stands(name, journal.get())) {
      finish(name, journal.get());
    } else {
      undo(name, journal.get())
          .ifPresent(
              e ->
                  operation.warn(
                      "%s is back as it was before an interrupted operation, but does not start: %s"
                          .formatted(name, e.getMessage())));
    }
  }

  /** A container that was created and shows its name already stays; it can be started again. */
  private boolean stands(String name, Journal journal) {
    return !journal.present() && Disk.exists(path.container(name));
  }

  private ActivationFailedException goneBack(String name, Journal journal, OvercException cause) {
    String before = journal.present() ? "the old one is back" : "it was removed again";
    try {
      Optional<OvercException> notStarted = undo(name, journal);
      notStarted.ifPresent(cause::addSuppressed);
      String but =
          notStarted.map(e -> ", but does not start either (" + e.getMessage() + ")").orElse("");
      return new ActivationFailedException(
          "The new container %s did not come up; %s%s: %s"
              .formatted(name, before, but, cause.getMessage()),
          notStarted.isEmpty(),
          cause);
    } catch (OvercException e) {
      cause.addSuppressed(e);
      return new ActivationFailedException(
          "The new container %s did not come up (%s), and going back failed: %s; the next call tries again"
              .formatted(name, cause.getMessage(), e.getMessage()),
          false,
          cause);
    }
  }

  /** Returns why the old one, which is back, did not start, if it should and did not. */
  private Optional<OvercException> undo(String name, Journal journal) {
    boolean replaced = journal.present() && Disk.exists(path.old(name));
    boolean created = !journal.present() && Disk.exists(path.container(name));
    if (replaced || created) {
      effects.run("kill new", () -> instance.kill(name));
      discard(path.container(name), name);
    }
    if (replaced) {
      effects.run("put old back", () -> Disk.rename(path.old(name), path.container(name)));
    }
    discard(path.fresh(name), name);
    Optional<OvercException> notStarted = Optional.empty();
    if (journal.active() && !instance.runs(name)) {
      try {
        effects.run("start old", () -> instance.start(name));
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        // It shall not be in the way of what its user does about it: the undoing ends here.
        notStarted = Optional.of(e);
      }
    }
    effects.run("remove journal", () -> Disk.delete(path.journal(name)));
    removal.run(path.trash(name));
    return notStarted;
  }

  private void finish(String name, Journal journal) {
    Path old = path.old(name);
    if (Disk.exists(old) && journal.keep().isPresent()) {
      moveOwnSnapshots(name, old);
      adoption.run(old, name, journal.keep().get());
    } else {
      leave(name, old);
    }
    effects.run("remove journal", () -> Disk.delete(path.journal(name)));
    removal.run(path.trash(name));
  }

  /** Removes a container that stands aside, if there is one; its own snapshots stay. */
  public void leave(String name, Path old) {
    if (Disk.exists(old)) {
      moveOwnSnapshots(name, old);
      discard(old, name);
      removal.run(path.trash(name));
    }
  }

  /** The snapshots of lxc-snapshot live in the container's directory: they stay with its name. */
  private void moveOwnSnapshots(String name, Path old) {
    Path from = old.resolve("snaps");
    Path to = path.container(name).resolve("snaps");
    if (Disk.exists(from) && !Disk.exists(to)) {
      effects.run("move snaps", () -> Disk.rename(from, to));
    }
  }

  private void discard(Path directory, String name) {
    if (Disk.exists(directory)) {
      removal.run(path.trash(name));
      effects.run("discard", () -> Disk.rename(directory, path.trash(name)));
    }
  }
}
