package io.overc.engine;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.ContainerFeature;
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.spi.BackendContainer;
import io.overc.spi.ContainerBackend;
import io.overc.spi.PackageUpgrades;

/** Upgrades a container, by its image or by its packages, in an operation that is under way. */
final class Upgrade {
  private final ContainerEngine engine;
  private final Activation activation;
  private final TemplateImages images;
  private final Template template;

  Upgrade(ContainerEngine engine, Activation activation, TemplateImages images, Template template) {
    this.engine = engine;
    this.activation = activation;
    this.images = images;
    this.template = template;
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
      images.update(operation);
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
    ContainerBackend backend = engine.primitives().backend();
    PackageUpgrades packages =
        backend
            .packages()
            .filter(able -> backend.snapshots().isPresent())
            .orElseThrow(() -> Primitives.unsupported(ContainerFeature.UPGRADE_PACKAGES));
    ContainerEngine.require(now);
    String name = now.name();
    engine.primitives().before(OperationKind.CONTAINER_UPGRADE, name, operation);
    UpgradeResult result =
        engine.inPlace().upgrade(name, Primitives.active(now), packages, operation);
    operation.result(
        result.change() == Change.UNCHANGED
            ? "no package of " + name + " is newer"
            : "the packages of " + name + " are upgraded");
    return result;
  }
}
