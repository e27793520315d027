package io.overc.lxc.operation;

import io.overc.container.ActivationFailedException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.Removal;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.instance.ContainerState;
import io.overc.lxc.instance.Instance;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts a prepared container in the place of another one by two renames, starts it, and goes back if
 * it does not start; the one way in which a container's directory is ever exchanged.
 *
 * <p>A journal tells the next operation, should this process die, whether to undo (the old
 * container counts until the new one is ready) or to finish. Callers hold the container's lock.
 */
public final class Replacement {
  private final LxcPath path;
  private final Instance instance;
  private final Adoption adoption;
  private final Dependents dependents;
  private final Removal removal;
  private final SideEffects effects;

  /**
   * Replaces the containers of a directory.
   *
   * @param path where they are
   * @param instance starts and stops them
   * @param adoption makes snapshots of those that were replaced
   * @param dependents counts overlays
   * @param removal removes those that are not kept
   * @param effects the fault-injection point
   */
  public Replacement(
      LxcPath path,
      Instance instance,
      Adoption adoption,
      Dependents dependents,
      Removal removal,
      SideEffects effects) {
    this.path = path;
    this.instance = instance;
    this.adoption = adoption;
    this.dependents = dependents;
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
    if (!present && !start) {
      // One rename does it all: there is nothing to undo or to finish.
      effects.run("put new in place", () -> Disk.rename(path.fresh(name), path.container(name)));
      Cancellation.shielded(() -> dependents.register(path.container(name)));
      return;
    }
    ContainerState before = present ? instance.state(name) : ContainerState.STOPPED;
    Journal journal = new Journal(Journal.Step.SWITCH, present, before, keep);
    effects.run("write journal", () -> journal.write(path.journal(name)));
    try {
      exchange(name, journal, start, operation);
    } catch (OvercException e) {
      throw Cancellation.shielded(() -> goneBack(name, journal, e));
    }
    // From here on the new one counts: whoever cancels now gets it whole.
    Cancellation.shielded(
        () -> {
          effects.run("write journal", () -> journal.committed().write(path.journal(name)));
          finish(name, journal);
        });
  }

  private void exchange(String name, Journal journal, boolean start, Operation operation) {
    if (journal.before() != ContainerState.STOPPED) {
      operation.step("stop " + name);
      effects.run("stop", () -> instance.stop(name));
    }
    operation.step("switch " + name);
    if (journal.present()) {
      effects.run("move old aside", () -> Disk.rename(path.container(name), path.old(name)));
    }
    effects.run("put new in place", () -> Disk.rename(path.fresh(name), path.container(name)));
    if (start) {
      operation.step("start " + name);
      effects.run("start", () -> instance.start(name));
    }
  }

  /** Finishes or undoes what an operation has left that died; does nothing if there is nothing. */
  void recover(String name, Operation operation) {
    Optional<Journal> journal = Journal.read(path.journal(name));
    if (journal.isEmpty()) {
      removal.run(path.fresh(name));
      removal.run(path.trash(name));
    } else if (journal.get().step() == Journal.Step.COMMIT || stands(name, journal.get())) {
      finish(name, journal.get());
    } else if (runsAnew(name)) {
      operation.warn(
          "The replacement of %s was interrupted; the new container runs and is kept"
              .formatted(name));
      finish(name, journal.get());
    } else {
      operation.warn("The replacement of %s was interrupted; it is taken back".formatted(name));
      undo(name, journal.get())
          .ifPresent(
              e ->
                  operation.warn(
                      "%s is back as it was, but does not start: %s"
                          .formatted(name, e.getMessage())));
    }
  }

  /** A container that was created and shows its name already stays; it can be started again. */
  private boolean stands(String name, Journal journal) {
    return !journal.present() && Disk.exists(path.container(name));
  }

  /** What the new container has written since it started must not go with it. */
  private boolean runsAnew(String name) {
    if (!Disk.exists(path.old(name)) || !instance.runs(name)) {
      return false;
    }
    try {
      instance.verify(name);
      return true;
    } catch (OvercException e) {
      return false;
    }
  }

  /** Returns the cause itself if it was cancelled. */
  private OvercException goneBack(String name, Journal journal, OvercException cause) {
    String before = journal.present() ? "the old one is back" : "it was removed again";
    try {
      Optional<OvercException> notStarted = undo(name, journal);
      notStarted.ifPresent(cause::addSuppressed);
      if (cause instanceof InterruptedOperationException) {
        return cause;
      }
      String but =
          notStarted.map(e -> ", but does not start either (" + e.getMessage() + ")").orElse("");
      return new ActivationFailedException(
          "The new container %s did not become ready; %s%s: %s"
              .formatted(name, before, but, cause.getMessage()),
          notStarted.isEmpty(),
          cause);
    } catch (OvercException e) {
      cause.addSuppressed(e);
      if (cause instanceof InterruptedOperationException) {
        return cause;
      }
      return new ActivationFailedException(
          "The new container %s did not become ready (%s), and going back failed: %s; the next operation tries again"
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
    if (journal.before() != ContainerState.STOPPED) {
      try {
        effects.run("start old", () -> instance.restore(name, journal.before()));
      } catch (OvercException e) {
        // It must not block what its user does about it: the undoing ends here.
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
    dependents.register(path.container(name));
    effects.run("remove journal", () -> Disk.delete(path.journal(name)));
    removal.run(path.trash(name));
  }

  /** Removes a container that stands aside, if there is one; its own snapshots stay. */
  void leave(String name, Path old) {
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
