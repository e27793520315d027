package io.overc.engine;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.ContainerFeature;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.ContainerImages;
import io.overc.spi.PackageUpgrades;
import java.io.IOException;

/** Replaces the image of the template, and upgrades containers by it or by their packages. */
final class Upgrade {
  private final ContainerEngine engine;
  private final Activation activation;
  private final Template template;
  private final Primitives primitives;

  Upgrade(ContainerEngine engine, Activation activation, Template template) {
    this.engine = engine;
    this.activation = activation;
    this.template = template;
    this.primitives = engine.primitives();
  }

  ImageResult sendImage(ImageSource image, OperationOptions call) {
    ContainerImages able = require(ContainerFeature.SEND_IMAGE);
    if (image.digest().isPresent()) {
      require(ContainerFeature.CHECK_IMAGE);
    }
    return Operation.run(
        call,
        OperationKind.CONTAINER_SEND_IMAGE,
        template.name(),
        operation -> replace(able, () -> able.send(image, operation), operation));
  }

  ImageResult updateImage(OperationOptions call) {
    ContainerImages able = require(ContainerFeature.UPDATE);
    return Operation.run(
        call,
        OperationKind.CONTAINER_UPDATE,
        template.name(),
        operation -> update(able, operation));
  }

  /** As a part of an upgrade. */
  private void updateImage(Operation whole) {
    ContainerImages able = require(ContainerFeature.UPDATE);
    whole.child(
        OperationKind.CONTAINER_UPDATE, template.name(), operation -> update(able, operation));
  }

  private ImageResult update(ContainerImages able, Operation operation) throws IOException {
    String key = "template." + template.name() + ".image-url";
    String source =
        template
            .imageUrl()
            .orElseThrow(
                () ->
                    new RefusedException(
                        RefusedException.Guard.NO_IMAGE,
                        "The template " + template.name() + " has no source of images",
                        Remedy.of(Remedy.Action.CONFIGURE, key, "set " + key)));
    return replace(able, () -> able.update(source, operation), operation);
  }

  @SuppressWarnings("try") // the lock is held, not used
  private ImageResult replace(
      ContainerImages able, Primitives.Question<ImageResult> work, Operation operation)
      throws IOException {
    LockFile file = LockFile.at(able.lockFile(), "The image of the template " + template.name());
    try (HeldLock held = file.take(operation.info().kind().name())) {
      operation.step("replace the image of " + template.name());
      ImageResult result = primitives.make("replace image", template.name(), work);
      operation.result("the image of " + template.name() + ": " + result.change());
      return result;
    }
  }

  private ContainerImages require(ContainerFeature feature) {
    return primitives
        .backend()
        .images()
        .filter(able -> able.features().contains(feature))
        .orElseThrow(() -> Primitives.unsupported(feature));
  }

  UpgradeResult upgrade(BackendContainer now, UpgradeSource source, Operation operation) {
    return source == UpgradeSource.IMAGE
        ? upgradeImage(now, operation)
        : upgradePackages(now, operation);
  }

  private UpgradeResult upgradeImage(BackendContainer now, Operation operation) {
    ContainerEngine.require(now);
    String name = now.name();
    if (template.imageUrl().isPresent()) {
      updateImage(operation);
    }
    ActivateResult result =
        operation.child(
            OperationKind.CONTAINER_ACTIVATE,
            name,
            part -> activation.activate(now, WhenActive.STOP, part));
    operation.result(name + " is upgraded");
    return new UpgradeResult(name, UpgradeSource.IMAGE, Change.CHANGED, result.snapshot());
  }

  private UpgradeResult upgradePackages(BackendContainer now, Operation operation) {
    ContainerBackend backend = primitives.backend();
    PackageUpgrades packages =
        backend
            .packages()
            .filter(able -> backend.snapshots().isPresent())
            .orElseThrow(() -> Primitives.unsupported(ContainerFeature.UPGRADE_PACKAGES));
    ContainerEngine.require(now);
    String name = now.name();
    primitives.before(OperationKind.CONTAINER_UPGRADE, name, operation);
    UpgradeResult result =
        engine.inPlace().upgrade(name, Primitives.active(now), packages, operation);
    operation.result(
        result.change() == Change.UNCHANGED
            ? "no package of " + name + " is newer"
            : "the packages of " + name + " are upgraded");
    return result;
  }
}
