package io.overc.docker.container;

import io.overc.container.ActivationFailedException;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.error.OvercException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces a container by a new one of the same name. The new one is complete before the old one is
 * touched, the old one is kept under another name until the new one has come up, and whoever comes
 * after an interruption finds out from the names alone what is to be done.
 */
public final class Replacement {
  private static final String NEW = ".overc-new";
  private static final String OLD = ".overc-old";

  private final EngineContainers containers;
  private final Readiness readiness;

  /**
   * Makes no call yet.
   *
   * @param containers makes, renames and removes containers
   * @param readiness waits until the new one has come up
   */
  public Replacement(EngineContainers containers, Readiness readiness) {
    this.containers = containers;
    this.readiness = readiness;
  }

  /**
   * Says what a new container is made of.
   *
   * @param image its image
   * @param options its options
   * @param networks further networks
   * @param command its command; empty for the one of the image
   */
  public record Recipe(
      String image, List<String> options, List<String> networks, List<String> command) {}

  static boolean isTemporary(String name) {
    return name.endsWith(NEW) || name.endsWith(OLD);
  }

  /**
   * Makes a container that was not there; one that does not come up is removed again.
   *
   * @param name the container
   * @param recipe what it is made of
   * @param start whether it is to run
   */
  public void create(String name, Recipe recipe, boolean start) {
    make(name, recipe, false);
    if (!start) {
      return;
    }
    try {
      containers.start(name);
      readiness.await(name);
    } catch (OvercException e) {
      boolean gone = attempt(e, () -> containers.remove(name));
      throw failed(name, e, gone, "it is removed again", "it could not be removed");
    }
  }

  /**
   * Replaces a container; if the new one does not come up, the old one is back as it was.
   *
   * @param old the container
   * @param recipe what the new one is made of
   * @param start whether that is to run
   */
  public void replace(EngineContainer old, Recipe recipe, boolean start) {
    String name = old.name();
    make(name + NEW, recipe, old.active());
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
      boolean back = attempt(e, () -> goBack(name, old.active()));
      throw failed(name, e, back, "the old one is back", "the old one is not back yet");
    }
    containers.remove(name + OLD);
  }

  /**
   * Finishes or undoes a replacement that was interrupted.
   *
   * @param name the container
   */
  public void recover(String name) {
    Optional<EngineContainer> old = containers.find(name + OLD);
    Optional<EngineContainer> fresh = containers.find(name + NEW);
    Optional<EngineContainer> now = containers.find(name);
    if (old.isPresent()) {
      if (now.isPresent() && now.get().steady()) {
        containers.remove(name + OLD);
      } else {
        goBack(name, fresh.or(() -> now).map(EngineContainer::wasActive).orElse(false));
      }
    } else if (fresh.isPresent()) {
      if (fresh.get().wasActive() && now.isPresent() && !now.get().active()) {
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
    options.add("--label=" + EngineContainer.WAS_ACTIVE + "=" + replacesActive);
    containers.create(name, recipe.image(), options, recipe.networks(), recipe.command());
  }

  private static boolean attempt(OvercException cause, Runnable undo) {
    try {
      undo.run();
      return true;
    } catch (OvercException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  private static ActivationFailedException failed(
      String name, OvercException cause, boolean back, String yes, String no) {
    return new ActivationFailedException(
        "The new container '%s' did not come up, %s: %s"
            .formatted(name, back ? yes : no + ", do any verb on it again", cause.getMessage()),
        back,
        cause);
  }
}
