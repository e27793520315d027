package io.overc.docker.container;

import io.overc.container.ActivateResult;
import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.RollbackResult;
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.docker.engine.EngineContainers.Recipe;
import io.overc.docker.engine.Images;
import io.overc.docker.engine.Labels;
import io.overc.docker.engine.Readiness;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.host.PackageChange;
import io.overc.internal.time.Cancellation;
import io.overc.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes the containers of one template; the caller holds the lock of the container. */
public final class ContainerOperations {
  private final EngineContainers containers;
  private final CommittedSnapshots snapshots;
  private final Template template;
  private final TemplateImage image;
  private final Replacement replacement;
  private final Readiness readiness;
  private final List<String> options;
  private final Settings settings;

  /**
   * Prepares operations.
   *
   * @param images finds, pulls and names images
   * @param snapshots makes snapshots of containers
   * @param template what containers are made from
   * @param readiness waits until they are ready
   * @param settings how they are made
   */
  public ContainerOperations(
      Images images,
      CommittedSnapshots snapshots,
      Template template,
      Readiness readiness,
      Settings settings) {
    this.containers = readiness.containers();
    this.snapshots = snapshots;
    this.template = template;
    this.image = new TemplateImage(images, template);
    this.replacement = new Replacement(containers, readiness);
    this.readiness = readiness;
    this.options = new ArrayList<>(List.of("--init", "--network", settings.network()));
    options.addAll(List.of("--restart", settings.restart()));
    options.addAll(List.of("--label", Labels.TEMPLATE + "=" + template.name()));
    options.addAll(settings.options());
    this.settings = settings;
  }

  /**
   * How the containers of a template are made and maintained.
   *
   * @param network their network
   * @param restart their restart policy
   * @param options more options of {@code docker create}
   * @param command their command; empty for the one of the image
   * @param packageTimeout how long one call of a package manager in them may take
   */
  public record Settings(
      String network,
      String restart,
      List<String> options,
      List<String> command,
      Duration packageTimeout) {}

  /** Makes a container from the image of the template, in the place of the one of its name. */
  public ActivateResult activate(String name, WhenActive whenActive, Operation operation) {
    operation.step("find the image");
    Recipe recipe = new Recipe(image.require(operation), options, List.of(), settings.command());
    Optional<EngineContainer> before = containers.find(name);
    if (before.isEmpty()) {
      operation.step("make the container");
      replacement.create(name, recipe, true);
      return new ActivateResult(name, ActivateResult.Outcome.CREATED, Optional.empty());
    }
    EngineContainer old = before.get();
    if (old.active() && whenActive == WhenActive.REFUSE) {
      throw active(name, "allow the activation to stop it");
    }
    operation.step("snapshot the container");
    Snapshot snapshot = snapshot(old, Optional.of("before an activation"), operation);
    operation.step("replace the container");
    replacement.replace(old, recipe, true);
    return new ActivateResult(
        name, ActivateResult.Outcome.REPLACED, Optional.of(snapshot.id()));
  }

  /** Starts a container; one that does not become ready stays as it is then. */
  public Change start(String name, Operation operation) {
    EngineContainer before = containers.require(name);
    if (before.active()) {
      return Change.UNCHANGED;
    }
    operation.step("start the container");
    try {
      containers.start(name);
      readiness.await(
          List.of(new Readiness.Started("The container '" + name + "'", name, before.restarts())));
    } catch (InterruptedOperationException e) {
      EngineContainers.undo(e, () -> containers.stop(name));
      throw e;
    }
    return Change.CHANGED;
  }

  /** Stops a container. */
  public Change stop(String name, Operation operation) {
    if (!containers.require(name).active()) {
      return Change.UNCHANGED;
    }
    operation.step("stop the container");
    try {
      containers.stop(name);
    } catch (InterruptedOperationException e) {
      EngineContainers.undo(e, () -> containers.start(name));
      throw e;
    }
    return Change.CHANGED;
  }

  /** Deletes a container. */
  public void delete(String name, WhenActive whenActive, Operation operation) {
    if (containers.require(name).active() && whenActive == WhenActive.REFUSE) {
      throw active(name, "allow the deletion to stop it");
    }
    operation.step("remove the container");
    Cancellation.shielded(() -> containers.remove(name));
  }

  /** Replaces the image of the template by another one. */
  public ImageResult sendImage(ImageSource source, Operation operation) throws IOException {
    ImageResult result = image.send(source, operation);
    operation.result("the image is " + image.name());
    return result;
  }

  /** Replaces the image of the template by what its source has now. */
  public ImageResult update(Operation operation) throws IOException {
    String key = "template." + template.name() + ".image-url";
    String source =
        template
            .imageUrl()
            .orElseThrow(
                () ->
                    new RefusedException(
                        RefusedException.Guard.NO_IMAGE,
                        "The template '" + template.name() + "' has no source of images",
                        Remedy.of(Remedy.Action.CONFIGURE, key, "set " + key)));
    if (source.startsWith("/") || source.contains("://") || source.startsWith("file:")) {
      return sendImage(ImageSource.of(source), operation);
    }
    ImageResult result = image.pull(source, operation);
    operation.result("the image is " + image.name());
    return result;
  }

  /** Updates the image of the template, where it has a source, and activates the container. */
  public UpgradeResult upgradeFromImage(String name, Operation operation) {
    containers.require(name);
    if (template.imageUrl().isPresent()) {
      operation.child(OperationKind.CONTAINER_UPDATE, template.name(), this::update);
    }
    ActivateResult result =
        operation.child(
            OperationKind.CONTAINER_ACTIVATE,
            name,
            child -> activate(name, WhenActive.STOP, child));
    return new UpgradeResult(name, UpgradeSource.IMAGE, Change.CHANGED, result.snapshot());
  }

  /** Upgrades the packages inside a container; if that fails, it is as it was. */
  public UpgradeResult upgradePackages(String name, Operation operation) {
    EngineContainer before = containers.require(name);
    if (before.active()) {
      return upgradeRunning(before, operation);
    }
    UpgradeResult result;
    try {
      containers.start(name);
      result = upgradeRunning(before, operation);
    } catch (OvercException e) {
      EngineContainers.undo(e, () -> containers.stop(name));
      throw e;
    }
    Cancellation.shielded(() -> containers.stop(name));
    return result;
  }

  private UpgradeResult upgradeRunning(EngineContainer before, Operation operation) {
    String name = before.name();
    PackageUpgrade packages =
        PackageUpgrade.of(
            containers, settings.packageTimeout(), name, template.packageManager(), operation);
    List<PackageChange> changes = packages.newer();
    if (changes.isEmpty()) {
      return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.UNCHANGED, Optional.empty());
    }
    Snapshot snapshot =
        snapshot(containers.require(name), Optional.of("before an upgrade"), operation);
    try {
      packages.upgrade();
    } catch (OvercException e) {
      Recipe recipe = Cancellation.shielded(() -> snapshots.require(snapshot.id())).recipe();
      Cancellation.shielded(
          () -> replacement.replace(containers.require(name), recipe, before.active()));
      if (e instanceof InterruptedOperationException) {
        throw e;
      }
      throw new ActivationFailedException(
          "The packages of '%s' could not be upgraded, the container is as it was: %s"
              .formatted(name, e.getMessage()),
          true,
          e);
    }
    return new UpgradeResult(
        name, UpgradeSource.PACKAGES, Change.CHANGED, Optional.of(snapshot.id()), changes);
  }

  /** Puts a snapshot of a container, the latest if none is named, in its place. */
  public RollbackResult rollback(String name, Optional<String> id, Operation operation) {
    EngineContainer now = containers.require(name);
    CommittedSnapshots.Entry chosen =
        snapshots.of(name).stream()
            .filter(entry -> id.isEmpty() || entry.snapshot().id().text().equals(id.get()))
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "The container '%s' has no snapshot%s"
                            .formatted(name, id.map(text -> " '" + text + "'").orElse("")),
                        Remedy.of(Remedy.Action.LIST_SNAPSHOTS, name, "list those it has")));
    operation.step("put the snapshot in place");
    replacement.replace(now, chosen.recipe(), now.active());
    return new RollbackResult(name, Optional.of(chosen.snapshot().id()));
  }

  private Snapshot snapshot(
      EngineContainer container, Optional<String> comment, Operation operation) {
    return operation.child(
        OperationKind.SNAPSHOT_CREATE,
        container.name(),
        child -> snapshots.create(container, comment, true, child));
  }

  private static RefusedException active(String name, String allow) {
    return new RefusedException(
        RefusedException.Guard.ACTIVE,
        "The container '" + name + "' is active",
        Remedy.of(Remedy.Action.ALLOW_STOP, name, "stop it first, or " + allow));
  }
}
