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
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.host.PackageChange;
import io.overc.snapshot.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does the verbs that replace a container; the caller holds its lock. */
public final class ContainerVerbs {
  private final EngineContainers containers;
  private final CommittedSnapshots snapshots;
  private final Template template;
  private final TemplateImage image;
  private final Replacement replacement;
  private final Readiness readiness;
  private final List<String> options;
  private final Settings settings;

  /**
   * Makes no call yet.
   *
   * @param containers makes and removes containers
   * @param snapshots makes snapshots of them
   * @param template what they are made from
   * @param image the image of the template
   * @param readiness waits until they have come up
   * @param settings how they are made
   */
  public ContainerVerbs(
      EngineContainers containers,
      CommittedSnapshots snapshots,
      Template template,
      TemplateImage image,
      Readiness readiness,
      Settings settings) {
    this.containers = containers;
    this.snapshots = snapshots;
    this.template = template;
    this.image = image;
    this.replacement = new Replacement(containers, readiness);
    this.readiness = readiness;
    this.options = new ArrayList<>(List.of("--init", "--network", settings.network()));
    options.addAll(List.of("--restart", settings.restart()));
    options.addAll(List.of("--label", EngineContainer.TEMPLATE + "=" + template.name()));
    options.addAll(settings.options());
    this.settings = settings;
  }

  /**
   * Says how the containers of a template are made and maintained.
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

  /**
   * Makes a container from the image of the template, in the place of the one of its name, if any.
   *
   * @param name the container
   * @param whenActive whether one that runs may be replaced
   * @param operation hears of it
   * @return what came of it
   */
  public ActivateResult activate(String name, WhenActive whenActive, Operation operation) {
    operation.step("find the image");
    Replacement.Recipe recipe =
        new Replacement.Recipe(image.require(operation), options, List.of(), settings.command());
    Optional<EngineContainer> before = containers.find(name);
    if (before.isEmpty()) {
      operation.step("make the container");
      replacement.create(name, recipe, true);
      return new ActivateResult(name, ActivateResult.Outcome.CREATED, Optional.empty());
    }
    EngineContainer old = before.get();
    if (old.active() && whenActive == WhenActive.REFUSE) {
      throw new RefusedException(
          "The container '" + name + "' is active: stop it first, or force the activation");
    }
    operation.step("snapshot the container");
    Snapshot snapshot = snapshots.create(old, Optional.of("before an activation"), true);
    operation.step("replace the container");
    replacement.replace(old, recipe, true);
    return new ActivateResult(name, ActivateResult.Outcome.REPLACED, Optional.of(snapshot.id()));
  }

  /**
   * Waits until a container that was started has come up.
   *
   * @param name the container
   */
  public void awaitReady(String name) {
    readiness.await(name);
  }

  /**
   * Replaces the image of the template by another one.
   *
   * @param source where that is
   * @param call who listens, and how long it may take
   * @return what came of it
   */
  public ImageResult sendImage(ImageSource source, OperationOptions call) {
    try (Operation operation =
        Operation.start(call.listener(), "container send image", template.name(), 3)) {
      ImageResult result = image.send(source, operation);
      operation.succeeded("the image is " + image.name());
      return result;
    }
  }

  /**
   * Replaces the image of the template by what its source has now.
   *
   * @param call who listens, and how long it may take
   * @return what came of it
   */
  public ImageResult update(OperationOptions call) {
    String source =
        template
            .imageUrl()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The template '%s' has no source of images: set template.%s.image-url"
                            .formatted(template.name(), template.name())));
    if (source.startsWith("/") || source.contains("://") || source.startsWith("file:")) {
      return sendImage(ImageSource.of(source), call);
    }
    try (Operation operation =
        Operation.start(call.listener(), "container update", template.name(), 1)) {
      ImageResult result = image.pull(source, operation);
      operation.succeeded("the image is " + image.name());
      return result;
    }
  }

  /**
   * Updates the image of the template, where it has a source, and makes a container from it again.
   *
   * @param name the container
   * @param call who listens, and how long it may take
   * @param operation hears of the container
   * @return what came of it
   */
  public UpgradeResult upgradeFromImage(String name, OperationOptions call, Operation operation) {
    containers.existing(name);
    if (template.imageUrl().isPresent()) {
      update(call);
    }
    ActivateResult result = activate(name, WhenActive.STOP, operation);
    return new UpgradeResult(name, UpgradeSource.IMAGE, Change.CHANGED, result.snapshot());
  }

  /**
   * Upgrades the packages inside a container; if that fails, it is as it was.
   *
   * @param name the container
   * @param operation hears of it
   * @return what came of it
   */
  public UpgradeResult upgradePackages(String name, Operation operation) {
    EngineContainer before = containers.existing(name);
    if (!before.active()) {
      containers.start(name);
    }
    try {
      return upgradeRunning(before, operation);
    } finally {
      if (!before.active() && containers.existing(name).active()) {
        containers.stop(name);
      }
    }
  }

  private UpgradeResult upgradeRunning(EngineContainer before, Operation operation) {
    String name = before.name();
    PackageUpgrade packages =
        PackageUpgrade.of(
            containers.docker(),
            containers.effects(),
            settings.packageTimeout(),
            name,
            template.packageManager(),
            operation);
    List<PackageChange> changes = packages.newer();
    if (changes.isEmpty()) {
      return new UpgradeResult(name, UpgradeSource.PACKAGES, Change.UNCHANGED, Optional.empty());
    }
    Snapshot snapshot = snapshots.create(before, Optional.of("before an upgrade"), true);
    try {
      packages.upgrade();
    } catch (OvercException e) {
      replacement.replace(
          containers.existing(name), snapshots.existing(snapshot.id()).recipe(), before.active());
      throw new ActivationFailedException(
          "The packages of '%s' could not be upgraded, the container is as it was: %s"
              .formatted(name, e.getMessage()),
          true,
          e);
    }
    return new UpgradeResult(
        name, UpgradeSource.PACKAGES, Change.CHANGED, Optional.of(snapshot.id()), changes);
  }

  /**
   * Puts a snapshot of a container in its place.
   *
   * @param name the container
   * @param id the snapshot; empty for the latest
   * @param operation hears of it
   * @return what came of it
   */
  public RollbackResult rollback(String name, Optional<String> id, Operation operation) {
    EngineContainer now = containers.existing(name);
    List<Snapshot> own = snapshots.of(name);
    Snapshot chosen =
        own.stream()
            .filter(snapshot -> id.isEmpty() || snapshot.id().equals(id.get()))
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "The container '%s' has no snapshot%s"
                            .formatted(name, id.map(text -> " '" + text + "'").orElse(""))));
    operation.step("put the snapshot in place");
    replacement.replace(now, snapshots.existing(chosen.id()).recipe(), now.active());
    return new RollbackResult(name, Optional.of(chosen.id()));
  }
}
