package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.ImageState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Waits until the datastore has copied an image. */
final class Waiting {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final int MISSES = 3;

  private final Cloud cloud;
  private final Duration timeout;
  private final Duration longest;

  Waiting(Cloud cloud, Duration timeout, Duration longest) {
    this.cloud = cloud;
    this.timeout = timeout;
    this.longest = longest;
  }

  /**
   * Returns the image once it is complete. One that failed is removed; one that is still copied
   * when the time is over is left alone, so that a later attempt can go on with it.
   */
  CloudImage complete(int id, Operation operation) {
    Deadline deadline = Deadline.in(timeout);
    Duration pause = FIRST.compareTo(longest) < 0 ? FIRST : longest;
    for (int misses = 0, looks = 1; ; looks++) {
      Optional<CloudImage> image;
      try {
        image = cloud.image(id);
        misses = 0;
      } catch (UnavailableException e) {
        if (++misses >= MISSES) {
          throw e;
        }
        Poll.pause(pause, "the copy of the image");
        continue;
      }
      CloudImage found =
          image.orElseThrow(() -> new MovedOnException("Image " + id + " was removed", null));
      if (found.state().complete()) {
        return found;
      }
      if (found.state() == ImageState.ERROR) {
        throw failed(found);
      }
      if (deadline.passed()) {
        throw new UnavailableException(
            "The datastore has not copied %s within %d s; the copy goes on, handle the event again later"
                .formatted(found.describe(), timeout.toSeconds()));
      }
      operation.progress(Event.Unit.ITEMS, looks, OptionalLong.empty());
      Poll.pause(pause, "the copy of the image");
      pause = min(pause.multipliedBy(3).dividedBy(2), longest);
    }
  }

  private OvercException failed(CloudImage image) {
    String reason = image.find("ERROR").orElse("it does not say why");
    OvercException failure =
        new OvercException(
            "The datastore could not copy %s: %s; the failed image was removed. Is its file readable for OpenNebula, in a directory that SAFE_DIRS names, and is there room?"
                .formatted(image.describe(), reason));
    try {
      cloud.delete(image.id());
    } catch (OvercException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
