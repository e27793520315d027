package io.overc.docker.service;

import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Owner;
import io.overc.docker.engine.PackImage;
import io.overc.servicepack.ComponentStatus;

/** A container of ours: of a service, or of a build. */
record ServiceContainer(EngineContainer engine) {

  String name() {
    return engine.name();
  }

  /** Returns what the labels that it has from its image say. */
  PackImage pack() {
    return new PackImage(engine.id(), engine.labels());
  }

  String image() {
    return label(Labels.IMAGE);
  }

  /**
   * Returns the service it belongs to; empty for a container of a build, and for one that has
   * another name than the service gives it: it has its labels from an image or a copy.
   */
  String service() {
    String service = label(Labels.SERVICE);
    String name = component().isEmpty() ? service : service + "-" + component();
    return !work() && name().equals(name) ? service : "";
  }

  /** Returns the component it is; empty for a service that is one. */
  String component() {
    return label(Labels.COMPONENT);
  }

  /** Returns the operation that made it. */
  String owner() {
    return label(work() ? Labels.WORK : Labels.OWNER);
  }

  boolean work() {
    return !label(Labels.WORK).isEmpty() && name().startsWith(Labels.WORK_NAME);
  }

  /** Tells whether it was made, but never started, by somebody who is gone. */
  boolean neverStarted() {
    return engine.state().equals("created") && !owner().isEmpty() && Owner.ended(owner());
  }

  boolean leftoverOfBuild() {
    return work() && Owner.leftover(engine.state(), owner());
  }

  ComponentStatus status() {
    return new ComponentStatus(
        /* name= */ component(),
        /* container= */ name(),
        engine.state(),
        engine.running(),
        engine.address(),
        engine.restarts());
  }

  /** Returns what it is, to begin a sentence. */
  String title() {
    return component().isEmpty()
        ? "The service '" + service() + "'"
        : "The component '%s' of the service '%s'".formatted(component(), service());
  }

  private String label(String label) {
    return engine.labels().text(label);
  }
}
