package io.overc.opennebula.lifecycle;

import io.overc.error.RefusedException;
import io.overc.event.Listener;
import io.overc.event.Operation;
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
final class Offering {
  private static final int ATTEMPTS = 5;

  private final Cloud cloud;
  private final Settings settings;
  private final Registration registration;
  private final Waiting waiting;
  private final Swap swap;

  Offering(Cloud cloud, Settings settings, Registration registration, Waiting waiting, Swap swap) {
    this.cloud = cloud;
    this.settings = settings;
    this.registration = registration;
    this.waiting = waiting;
    this.swap = swap;
  }

  ImageOutcome offer(ImageEvent event, ImageIndex index, Operation operation) {
    Version version = Version.of(event, settings.ending());
    if (!Files.exists(version.file())) {
      return decide(version, index, operation);
    }
    try (HeldLock held = FileGuard.hold(version.file(), settings.copyTimeout())) {
      if (held.waited()) {
        index.reload();
      }
      return decide(version, index, operation);
    }
  }

  /** Tries again when somebody else was faster; what he did is then seen. */
  private ImageOutcome decide(Version version, ImageIndex index, Operation operation) {
    // What is done a second time is not told again: the steps of an operation only go forward.
    Operation silent =
        Operation.start(Listener.none(), "image again", version.identifier(), Integer.MAX_VALUE);
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(version, index, attempt == 1 ? operation : silent);
      } catch (MovedOnException e) {
        if (attempt == ATTEMPTS) {
          if (e.getCause() instanceof CloudRefusalException) {
            RefusedException refused = new RefusedException(String.valueOf(e.getMessage()));
            refused.initCause(e);
            throw refused;
          }
          throw e;
        }
        index.reload();
      }
    }
  }

  private ImageOutcome attempt(Version version, ImageIndex index, Operation operation) {
    operation.step("look at the cloud");
    Family family = index.family(version.identifier());
    settle(version, family);
    Optional<CloudImage> current = family.current();
    if (current.isPresent() && offered(version, current.get())) {
      registration.discard(version);
      keep(current.get(), family);
      return new ImageOutcome.Unchanged(String.valueOf(current.get().id()));
    }
    Optional<CloudImage> begun = family.unfinished().stream().findFirst();
    int id = begun.isPresent() ? begun.get().id() : registration.register(version, operation);
    operation.step("wait until the image is copied");
    family.remove(id); // What becomes of it is seen when it is complete.
    CloudImage fresh = waiting.complete(id, operation);
    registration.discard(version);
    operation.step("give it the name");
    Optional<ImageOutcome.PutAway> replaced = Optional.empty();
    if (current.isPresent()) {
      replaced = swap.finish(swap.begin(fresh, current.get()), version.names());
      look(current.get().id(), family);
    } else {
      swap.offer(fresh, version.names(), settings.group().apply(version.event()));
    }
    look(id, family);
    return new ImageOutcome.Registered(String.valueOf(id), replaced);
  }

  private static boolean offered(Version version, CloudImage current) {
    return version.isOf(current) && current.state().complete();
  }

  /** Finishes swaps that were begun, and drops what was begun and is not needed any more. */
  void settle(Version version, Family family) {
    for (CloudImage image : family.unfinished()) {
      if (family.named(image)) {
        finish(image, version, family);
      }
    }
    for (CloudImage image : family.all()) {
      if (family.named(image) && isParked(image)) {
        finish(image, version, family);
      }
    }
    for (CloudImage image : family.unfinished()) {
      boolean surplus = family.current().filter(now -> sameFile(now, image)).isPresent();
      boolean wanted = version.isOf(image) && image.state() != ImageState.ERROR;
      if (surplus || (Marks.is(image, Marks.PENDING) && !wanted)) {
        registration.drop(image);
        family.remove(image.id());
      } else if (Marks.is(image, Marks.SWAPPING)) {
        finish(image, version, family);
      }
    }
  }

  private void finish(CloudImage image, Version version, Family family) {
    Optional<Remembered> kept = Remembered.on(image);
    if (kept.isPresent()) {
      swap.finish(image, version.names());
      look(kept.get().replaces(), family);
    } else {
      swap.offer(image, version.names(), Optional.empty());
    }
    look(image.id(), family);
  }

  /** Somebody else finished the swap while we held the image for a moment, and we died then. */
  private boolean isParked(CloudImage image) {
    return !Marks.unfinished(image)
        && (image.owner().equals(settings.parkingUser())
            || String.valueOf(image.uid()).equals(settings.parkingUser()))
        && Remembered.on(image).filter(kept -> kept.uid() != image.uid()).isPresent();
  }

  private static boolean sameFile(CloudImage one, CloudImage other) {
    return one.state().complete()
        && one.find(Marks.CHECKSUM).isPresent()
        && one.find(Marks.CHECKSUM).equals(other.find(Marks.CHECKSUM));
  }

  /** The image is offered again before its time was over. */
  private void keep(CloudImage current, Family family) {
    if (Marks.expires(current).isPresent()) {
      cloud.update(current.id(), Map.of(Marks.EXPIRES, Marks.NEVER));
      look(current.id(), family);
    }
  }

  private void look(int id, Family family) {
    family.remove(id);
    cloud.image(id).ifPresent(family::put);
  }
}
