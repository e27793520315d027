package io.overc.opennebula.lifecycle;

import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.internal.lock.HeldLock;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.ImageState;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** Offers a new version: finishes what was begun before, registers, waits, swaps. */
final class PublishImage {
  private static final int ATTEMPTS = 5;

  private final Cloud cloud;
  private final SiteOptions options;
  private final Registration registration;
  private final CopyWait copyWait;
  private final Swap swap;

  PublishImage(Cloud cloud, SiteOptions options, Registration registration, Swap swap) {
    this.cloud = cloud;
    this.options = options;
    this.registration = registration;
    this.copyWait = new CopyWait(cloud, options.copyTimeout, options.poll);
    this.swap = swap;
  }

  ImageOutcome offer(ImageEvent event, ImageIndex index, Operation operation) {
    Version version = Version.of(event, options.ending);
    if (!Files.exists(version.file())) {
      return decide(version, index, operation);
    }
    try (HeldLock held = FileGuard.hold(version.file(), options.copyTimeout)) {
      if (held.waited()) {
        index.reload();
      }
      return decide(version, index, operation);
    }
  }

  /** Retries when somebody else was faster; the result of that is then seen. */
  private ImageOutcome decide(Version version, ImageIndex index, Operation operation) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt == 1
            ? attempt(version, index, operation)
            : operation.child(
                OperationKind.IMAGE_EVENT,
                version.identifier(),
                retry -> attempt(version, index, retry));
      } catch (ConcurrentChangeException e) {
        if (attempt == ATTEMPTS) {
          throw e.getCause() instanceof CloudRefusalException ? refused(e) : e;
        }
        index.reload();
      }
    }
  }

  private static RefusedException refused(ConcurrentChangeException e) {
    RefusedException refused = new RefusedException(String.valueOf(e.getMessage()));
    refused.initCause(e);
    return refused;
  }

  private ImageOutcome attempt(Version version, ImageIndex index, Operation operation) {
    operation.step("look at the cloud");
    ImageVersions versions = index.versions(version.identifier());
    finishBegun(version, versions);
    Optional<CloudImage> current = versions.current();
    if (current.isPresent() && version.isOffered(current.get())) {
      registration.discard(version);
      cancelExpiry(current.get(), versions);
      return new ImageOutcome.Unchanged(String.valueOf(current.get().id()));
    }
    Optional<CloudImage> begun = versions.unfinished().stream().findFirst();
    int id = begun.isPresent() ? begun.get().id() : registration.register(version, operation);
    operation.step("wait until the image is copied");
    versions.remove(id); // It is looked at again when it is complete.
    CloudImage fresh = copyWait.complete(id, operation);
    registration.discard(version);
    operation.step("give it the name");
    Optional<ImageOutcome.Retired> replaced = Optional.empty();
    if (current.isPresent()) {
      replaced = swap.finish(swap.begin(fresh, current.get()), version.names());
      versions.refresh(current.get().id(), cloud);
    } else {
      swap.offer(fresh, version.names(), options.group.apply(version.event()));
    }
    versions.refresh(id, cloud);
    return new ImageOutcome.Registered(String.valueOf(id), replaced);
  }

  /** Finishes swaps that were begun, and drops registrations that are not needed any more. */
  private void finishBegun(Version version, ImageVersions versions) {
    for (CloudImage image : versions.unfinished()) {
      if (versions.named(image)) {
        finish(image, version, versions);
      }
    }
    for (CloudImage image : versions.all()) {
      if (versions.named(image) && isParked(image)) {
        finish(image, version, versions);
      }
    }
    for (CloudImage image : versions.unfinished()) {
      boolean surplus = versions.current().filter(now -> sameFile(now, image)).isPresent();
      boolean wanted = version.isOf(image) && image.state() != ImageState.ERROR;
      if (surplus || (ImageAttributes.is(image, ImageAttributes.PENDING) && !wanted)) {
        registration.drop(image);
        versions.remove(image.id());
      } else if (ImageAttributes.is(image, ImageAttributes.SWAPPING)) {
        finish(image, version, versions);
      }
    }
  }

  private void finish(CloudImage image, Version version, ImageVersions versions) {
    swap.resume(image, version.names());
    InheritedAttributes.on(image).ifPresent(kept -> versions.refresh(kept.replaces(), cloud));
    versions.refresh(image.id(), cloud);
  }

  /** Another handler finished the swap while ours had parked the image and was killed. */
  private boolean isParked(CloudImage image) {
    return !ImageAttributes.unfinished(image)
        && (image.owner().equals(options.parkingUser)
            || String.valueOf(image.uid()).equals(options.parkingUser))
        && InheritedAttributes.on(image).filter(kept -> kept.uid() != image.uid()).isPresent();
  }

  private static boolean sameFile(CloudImage one, CloudImage other) {
    return one.state().complete()
        && one.find(ImageAttributes.CHECKSUM).isPresent()
        && one.find(ImageAttributes.CHECKSUM).equals(other.find(ImageAttributes.CHECKSUM));
  }

  /** The image is offered again before its grace period was over. */
  private void cancelExpiry(CloudImage current, ImageVersions versions) {
    if (ImageAttributes.expires(current).isPresent()) {
      cloud.update(current.id(), Map.of(ImageAttributes.EXPIRES, ImageAttributes.NEVER));
      versions.refresh(current.id(), cloud);
    }
  }
}
