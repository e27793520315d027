package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.image.ImageOutcome.Retired;
import io.overc.internal.time.Cancellation;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.CloudRefusalException.Reason;
import io.overc.opennebula.cloud.Directory;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a complete new image in the place of the old one.
 *
 * <p>A name is unique among the images of one owner only. So the new image is held by another owner
 * than the old one while it takes the name, and both have it for a moment: at no instant is there
 * no image of that name. Then the old one is renamed, and the new one goes to the old one's owner.
 * What the new one inherits is written on it first, so that any later attempt can finish from
 * there.
 */
final class Swap {
  private final Cloud cloud;
  private final SiteOptions options;
  private final Directory directory;
  private final Retirement retirement;

  Swap(Cloud cloud, SiteOptions options, Directory directory) {
    this.cloud = cloud;
    this.options = options;
    this.directory = directory;
    this.retirement = new Retirement(cloud);
  }

  /** Writes on the new image what it takes over from the old one. */
  CloudImage begin(CloudImage fresh, CloudImage old) {
    CloudImage now =
        cloud
            .image(old.id())
            .filter(image -> image.name().equals(old.name()))
            .orElseThrow(
                () -> new ConcurrentChangeException(old.describe() + " has changed", null));
    cloud.update(fresh.id(), InheritedAttributes.of(now).attributes());
    return look(fresh.id());
  }

  /** Offers a first image. */
  void offer(CloudImage fresh, Names names, Optional<String> group) {
    if (!fresh.permissions().equals(options.firstPermissions)) {
      cloud.chmod(fresh.id(), options.firstPermissions);
    }
    int gid = group.map(directory::group).orElse(fresh.gid());
    if (gid != fresh.gid()) {
      cloud.chown(fresh.id(), -1, gid);
    }
    take(fresh, names);
    cloud.update(fresh.id(), Map.of(ImageAttributes.STATE, ImageAttributes.CURRENT));
  }

  /** Finishes what somebody else began, so that the image is offered. */
  void resume(CloudImage begun, Names names) {
    if (InheritedAttributes.on(begun).isPresent()) {
      finish(begun, names);
    } else {
      offer(begun, names, Optional.empty());
    }
  }

  /** Does what is left of a swap that was begun. */
  Optional<Retired> finish(CloudImage begun, Names names) {
    InheritedAttributes kept =
        InheritedAttributes.on(begun)
            .orElseThrow(
                () ->
                    new OvercException(
                        begun.describe() + " does not say what it replaces",
                        Remedy.other("delete it and retry")));
    inherit(begun, kept);
    Optional<CloudImage> old = cloud.image(kept.replaces());
    String away = names.retired(begun.registered());
    Optional<String> renamed = exchange(begun, old, names, away);
    if (!isOwned(begun, kept)) {
      cloud.chown(begun.id(), kept.uid(), kept.gid());
    }
    Optional<Retired> retired =
        old.flatMap(
            image ->
                renamed
                    .or(() -> Optional.of(image.name()).filter(name -> name.startsWith(away)))
                    .map(name -> retirement.retire(image, name)));
    cloud.update(begun.id(), Map.of(ImageAttributes.STATE, ImageAttributes.CURRENT));
    return retired;
  }

  /** Looks again: the new image may have been parked in this attempt or in an earlier one. */
  private boolean isOwned(CloudImage image, InheritedAttributes kept) {
    CloudImage now = look(image.id());
    return now.uid() == kept.uid() && now.gid() == kept.gid();
  }

  /** Gives the name from the old image to the new one; returns the old one's new name, if any. */
  private Optional<String> exchange(
      CloudImage begun, Optional<CloudImage> old, Names names, String away) {
    if (old.filter(image -> image.name().equals(names.identifier())).isEmpty()) {
      take(begun, names);
      return Optional.empty();
    }
    CloudImage present = old.get();
    CloudImage fresh = begun;
    if (!begun.name().equals(names.identifier()) && present.uid() == begun.uid()) {
      fresh = park(begun);
      if (present.uid() == fresh.uid()) {
        return Optional.of(swapWithGap(fresh, present, names, away));
      }
    }
    take(fresh, names);
    return Optional.of(makeRoom(fresh, present, away));
  }

  /** Gives the new image what it inherits, while nobody sees it yet. */
  private void inherit(CloudImage image, InheritedAttributes kept) {
    if (!image.permissions().equals(kept.permissions())) {
      cloud.chmod(image.id(), kept.permissions());
    }
    if (kept.disabled() && image.state().canBeDisabled()) {
      cloud.disable(image.id());
    }
  }

  /** Gives the new image to an owner who does not own the old one; the group stays. */
  private CloudImage park(CloudImage image) {
    Optional<Integer> user = directory.user(options.parkingUser);
    if (user.isEmpty() || user.get() == image.uid()) {
      return image;
    }
    try {
      cloud.chown(image.id(), user.get(), -1);
      return look(image.id());
    } catch (CloudRefusalException e) {
      if (e.reason() == Reason.AUTHORIZATION || e.reason() == Reason.AUTHENTICATION) {
        throw e;
      }
      return image; // No such user, or it has the name already: swap with a gap.
    }
  }

  /** Without a second owner there is a moment between two calls in which no image has the name. */
  private String swapWithGap(CloudImage fresh, CloudImage old, Names names, String retired) {
    try {
      String name = retirement.rename(old, retired);
      cloud.rename(fresh.id(), names.identifier());
      return name;
    } catch (OvercException e) {
      undo(old.id(), names.identifier(), e);
      throw e;
    }
  }

  private String makeRoom(CloudImage fresh, CloudImage old, String retired) {
    try {
      return retirement.rename(old, retired);
    } catch (CloudRefusalException e) {
      undo(fresh.id(), fresh.name(), e);
      throw e;
    }
  }

  private void undo(int id, String name, OvercException cause) {
    try {
      Cancellation.shielded(() -> cloud.rename(id, name));
    } catch (OvercException e) {
      cause.addSuppressed(e);
    }
  }

  private void take(CloudImage image, Names names) {
    if (image.name().equals(names.identifier())) {
      return;
    }
    try {
      cloud.rename(image.id(), names.identifier());
    } catch (CloudRefusalException e) {
      if (e.reason() == Reason.ACTION) {
        throw new ConcurrentChangeException(
            "Image %d cannot be named %s: its owner %s has another image of that name (%s)"
                .formatted(image.id(), names.identifier(), image.owner(), e.problem()),
            e);
      }
      throw e;
    }
  }

  private CloudImage look(int id) {
    return cloud
        .image(id)
        .orElseThrow(() -> new ConcurrentChangeException("Image " + id + " was removed", null));
  }
}
