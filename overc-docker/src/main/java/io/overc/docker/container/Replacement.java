package io.overc.docker.container;

import io.overc.container.ActivationFailedException;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Readiness;
import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.internal.time.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces a container by a new one of the same name. The new one is complete before the old one is
 * touched, the old one is kept under another name until the new one is ready, and whoever comes
 * after an interruption finds out from the names alone what is to be done.
 *
 * @param containers makes, renames and removes containers
 * @param readiness waits until the new one is ready
 */
public record Replacement(EngineContainers containers, Readiness readiness) {
  private static final String NEW = ".overc-new";
  private static final String OLD = ".overc-old";

  static boolean isTemporary(String name) {
    return name.endsWith(NEW) || name.endsWith(OLD);
  }

  /** Makes a container that was not there; one that does not become ready is removed again. */
  public void create(String name, Recipe recipe, boolean start) {
    try {
      make(name, recipe, false);
    } catch (BusyException e) {
      throw e;
    } catch (OvercException e) {
      EngineContainers.undo(e, () -> containers.remove(name));
      throw e;
    }
    if (!start) {
      return;
    }
    try {
      containers.start(name);
      readiness.await(name);
    } catch (OvercException e) {
      boolean gone = EngineContainers.undo(e, () -> containers.remove(name));
      throw failed(name, e, gone, "it is removed again", "it could not be removed");
    }
  }

  /** Replaces a container; if the new one does not become ready, the old one is back as it was. */
  public void replace(EngineContainer old, Recipe recipe, boolean start) {
    String name = old.name();
    try {
      make(name + NEW, recipe, old.active());
    } catch (OvercException e) {
      EngineContainers.undo(e, () -> containers.remove(name + NEW));
      throw e;
    }
    try {
      if (old.active()) {
        containers.stop(name);
      }
      containers.rename(name, name + OLD);
      containers.rename(name + NEW, name);
      if (start) {
        containers.start(name);
        readiness.await(name);
      }
    } catch (OvercException e) {
      boolean back = EngineContainers.undo(e, () -> goBack(name, old.active()));
      throw failed(name, e, back, "the old one is back", "the old one is not back yet");
    }
    Cancellation.shielded(() -> containers.remove(name + OLD));
  }

  /** Finishes or undoes a replacement that was interrupted. */
  public void recover(String name) {
    Optional<EngineContainer> old = containers.find(name + OLD);
    Optional<EngineContainer> fresh = containers.find(name + NEW);
    Optional<EngineContainer> now = containers.find(name);
    if (old.isPresent()) {
      if (now.isPresent() && now.get().running() && now.get().restarts() == 0) {
        containers.remove(name + OLD);
      } else {
        goBack(name, fresh.or(() -> now).map(Replacement::wasActive).orElse(false));
      }
    } else if (fresh.isPresent()) {
      if (wasActive(fresh.get()) && now.isPresent() && !now.get().active()) {
        containers.start(name);
      }
      containers.remove(name + NEW);
    }
  }

  private void goBack(String name, boolean start) {
    if (containers.find(name + OLD).isPresent()) {
      // While the old one has its other name, what has the name is the new one.
      boolean renamed = containers.find(name).isPresent();
      if (renamed && containers.find(name + NEW).isEmpty()) {
        // One that keeps dying is being restarted, and the engine cannot rename it meanwhile.
        containers.stop(name);
        containers.rename(name, name + NEW);
      }
      containers.rename(name + OLD, name);
    }
    if (start) {
      containers.start(name);
    }
    containers.remove(name + NEW);
  }

  private void make(String name, Recipe recipe, boolean replacesActive) {
    List<String> options = new ArrayList<>(recipe.options());
    options.add("--label=" + Labels.WAS_ACTIVE + "=" + replacesActive);
    containers.create(
        name, new Recipe(recipe.image(), options, recipe.networks(), recipe.command()));
  }

  private static boolean wasActive(EngineContainer container) {
    return container.labels().text(Labels.WAS_ACTIVE).equals("true");
  }

  private static OvercException failed(
      String name, OvercException cause, boolean back, String yes, String no) {
    if (cause instanceof InterruptedOperationException) {
      return cause;
    }
    return new ActivationFailedException(
        "The new container '%s' did not become ready, %s: %s"
            .formatted(name, back ? yes : no + ", retry any operation on it", cause.getMessage()),
        back,
        cause);
  }
}
