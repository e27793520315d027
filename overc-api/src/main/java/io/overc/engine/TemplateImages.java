package io.overc.engine;

import io.overc.container.ContainerFeature;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockFile;
import io.overc.spi.ContainerImages;
import java.io.IOException;

/** Replaces the image of the template. */
final class TemplateImages {
  private final Primitives primitives;
  private final Template template;

  TemplateImages(Primitives primitives, Template template) {
    this.primitives = primitives;
    this.template = template;
  }

  ImageResult send(ImageSource image, OperationOptions call) {
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

  ImageResult update(OperationOptions call) {
    ContainerImages able = require(ContainerFeature.UPDATE);
    return Operation.run(
        call,
        OperationKind.CONTAINER_UPDATE,
        template.name(),
        operation -> update(able, operation));
  }

  /** As a part of an upgrade. */
  ImageResult update(Operation whole) {
    ContainerImages able = require(ContainerFeature.UPDATE);
    return whole.child(
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
      ImageResult result = primitives.image(template.name(), work);
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
}
