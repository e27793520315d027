package io.overc.opennebula.lifecycle;

import io.overc.event.Operation;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImageOutcome.Retired;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Expires an image: at once, later, or not at all if it is still subscribed to. */
final class Expiry {
  private final Cloud cloud;
  private final SiteOptions options;
  private final Registration registration;
  private final Swap swap;
  private final Retirement retirement;
  private final Clock clock;

  Expiry(Cloud cloud, SiteOptions options, Registration registration, Swap swap, Clock clock) {
    this.cloud = cloud;
    this.options = options;
    this.registration = registration;
    this.swap = swap;
    this.retirement = new Retirement(cloud);
    this.clock = clock;
  }

  ImageOutcome expire(ImageEvent event, ImageIndex index, Operation operation) {
    Names names = new Names(event.identifier(), options.ending);
    if (options.isSubscribed(names.identifier())) {
      return new ImageOutcome.Ignored(
          names.identifier() + " is still subscribed to: this is one half of an update");
    }
    operation.step("look at the cloud");
    ImageVersions versions = index.versions(names.identifier());
    finishBegun(versions, names);
    Optional<CloudImage> current = versions.current();
    if (current.isEmpty()) {
      return resume(versions, names)
          .<ImageOutcome>map(ImageOutcome.Expired::new)
          .orElseGet(
              () -> new ImageOutcome.Ignored("There is no current image " + names.identifier()));
    }
    if (options.subscribed.isPresent() || options.grace.isZero()) {
      operation.step("retire the image");
      return new ImageOutcome.Expired(retire(current.get(), names, versions));
    }
    operation.step("mark the image");
    return postpone(current.get(), versions);
  }

  private ImageOutcome postpone(CloudImage image, ImageVersions versions) {
    Instant until =
        ImageAttributes.expires(image)
            .orElseGet(() -> Instant.ofEpochSecond(clock.instant().getEpochSecond()))
            .plus(ImageAttributes.expires(image).isPresent() ? Duration.ZERO : options.grace);
    if (ImageAttributes.expires(image).isEmpty()) {
      cloud.update(
          image.id(), Map.of(ImageAttributes.EXPIRES, String.valueOf(until.getEpochSecond())));
      versions.refresh(image.id(), cloud);
    }
    return new ImageOutcome.ExpiryPostponed(String.valueOf(image.id()), until);
  }

  /** Expires an image whose time is over, unless that has changed since the pool was asked. */
  Optional<Retired> expireIfDue(CloudImage seen) {
    Optional<CloudImage> now =
        cloud
            .image(seen.id())
            .filter(image -> image.name().equals(seen.name()))
            .filter(image -> !ImageAttributes.unfinished(image))
            .filter(image -> ImageAttributes.expires(image).equals(ImageAttributes.expires(seen)));
    return now.map(
        image ->
            retire(
                image,
                new Names(image.name(), options.ending),
                new ImageVersions(image.name(), System.nanoTime())));
  }

  private Retired retire(CloudImage image, Names names, ImageVersions versions) {
    String name = names.expired(clock.instant());
    cloud.update(
        image.id(),
        Map.of(ImageAttributes.EXPIRING, name, ImageAttributes.EXPIRES, ImageAttributes.NEVER));
    String renamed = retirement.rename(image, name);
    Retired retired = retirement.retire(image, renamed);
    versions.refresh(image.id(), cloud);
    return retired;
  }

  /** A swap that was begun is finished first; a first image that is still copied is not needed. */
  private void finishBegun(ImageVersions versions, Names names) {
    for (CloudImage image : versions.unfinished()) {
      if (InheritedAttributes.on(image).isPresent() || versions.named(image)) {
        swap.resume(image, names);
      } else {
        registration.drop(image);
      }
      versions.refresh(image.id(), cloud);
    }
  }

  /** Finishes an expiry that was interrupted after the image had its new name. */
  private Optional<Retired> resume(ImageVersions versions, Names names) {
    Optional<Retired> last = Optional.empty();
    for (CloudImage image : versions.all()) {
      Optional<String> name = image.find(ImageAttributes.EXPIRING);
      if (name.isPresent() && image.name().startsWith(name.get())) {
        last = Optional.of(retirement.retire(image, image.name()));
        versions.refresh(image.id(), cloud);
      }
    }
    return last.filter(retired -> retired.name().startsWith(names.identifier()));
  }
}
