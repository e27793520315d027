package io.overc.opennebula.lifecycle;

import io.overc.event.Operation;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageOutcome.PutAway;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Stops offering an image: at once, later, or not at all if it is still subscribed to. */
final class Expiry {
  private final Cloud cloud;
  private final Settings settings;
  private final Registration registration;
  private final Swap swap;
  private final Retirement retirement;
  private final Clock clock;

  Expiry(Cloud cloud, Settings settings, Registration registration, Swap swap, Clock clock) {
    this.cloud = cloud;
    this.settings = settings;
    this.registration = registration;
    this.swap = swap;
    this.retirement = new Retirement(cloud);
    this.clock = clock;
  }

  ImageOutcome expire(ImageEvent event, ImageIndex index, Operation operation) {
    Names names = new Names(event.identifier(), settings.ending());
    if (settings.subscribed().filter(s -> s.test(names.identifier())).isPresent()) {
      return new ImageOutcome.Ignored(
          names.identifier() + " is still subscribed to: this is one half of an update");
    }
    operation.step("look at the cloud");
    Family family = index.family(names.identifier());
    settle(family, names);
    Optional<CloudImage> current = family.current();
    if (current.isEmpty()) {
      return resume(family, names)
          .<ImageOutcome>map(ImageOutcome.Expired::new)
          .orElseGet(
              () -> new ImageOutcome.Ignored("There is no current image " + names.identifier()));
    }
    if (settings.subscribed().isPresent() || settings.grace().isZero()) {
      operation.step("put the image away");
      return new ImageOutcome.Expired(putAway(current.get(), names, family));
    }
    operation.step("mark the image");
    return postpone(current.get(), family);
  }

  private ImageOutcome postpone(CloudImage image, Family family) {
    Instant until =
        Marks.expires(image)
            .orElseGet(() -> Instant.ofEpochSecond(clock.instant().getEpochSecond()))
            .plus(Marks.expires(image).isPresent() ? Duration.ZERO : settings.grace());
    if (Marks.expires(image).isEmpty()) {
      cloud.update(image.id(), Map.of(Marks.EXPIRES, String.valueOf(until.getEpochSecond())));
      look(image.id(), family);
    }
    return new ImageOutcome.ExpiryPostponed(String.valueOf(image.id()), until);
  }

  /** Expires an image whose time is over, unless that has changed since the pool was asked. */
  Optional<PutAway> expireIfDue(CloudImage seen) {
    Optional<CloudImage> now =
        cloud
            .image(seen.id())
            .filter(image -> image.name().equals(seen.name()))
            .filter(image -> !Marks.unfinished(image))
            .filter(image -> Marks.expires(image).equals(Marks.expires(seen)));
    return now.map(
        image ->
            putAway(
                image,
                new Names(image.name(), settings.ending()),
                new Family(image.name(), System.nanoTime())));
  }

  private PutAway putAway(CloudImage image, Names names, Family family) {
    String name = names.expired(clock.instant());
    cloud.update(image.id(), Map.of(Marks.EXPIRING, name, Marks.EXPIRES, Marks.NEVER));
    String renamed = retirement.rename(image, name);
    PutAway away = retirement.putAway(image, renamed);
    look(image.id(), family);
    return away;
  }

  /** A swap that was begun is finished first; a first image that is still copied is not needed. */
  private void settle(Family family, Names names) {
    for (CloudImage image : family.unfinished()) {
      if (Remembered.on(image).isPresent()) {
        swap.finish(image, names);
      } else if (family.named(image)) {
        swap.offer(image, names, Optional.empty());
      } else {
        registration.drop(image);
      }
      look(image.id(), family);
    }
  }

  /** Finishes an expiry that was interrupted after the image had its new name. */
  private Optional<PutAway> resume(Family family, Names names) {
    Optional<PutAway> last = Optional.empty();
    for (CloudImage image : family.all()) {
      Optional<String> name = image.find(Marks.EXPIRING);
      if (name.isPresent() && image.name().startsWith(name.get())) {
        last = Optional.of(retirement.putAway(image, image.name()));
        look(image.id(), family);
      }
    }
    return last.filter(away -> away.name().startsWith(names.identifier()));
  }

  private void look(int id, Family family) {
    family.remove(id);
    cloud.image(id).ifPresent(family::put);
  }
}
