package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.ImageState;
import io.overc.opennebula.xml.Shown;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Waits until the datastore has copied an image. */
final class CopyWait {
  private static final Duration FIRST = Duration.ofMillis(50);

  /** How many looks in a row may fail: a front-end that is restarted is away for a moment. */
  private static final int MISSES = 3;

  private final Cloud cloud;
  private final Duration timeout;
  private final Duration longest;

  CopyWait(Cloud cloud, Duration timeout, Duration longest) {
    this.cloud = cloud;
    this.timeout = timeout;
    this.longest = longest;
  }

  /**
   * Returns the image once it is complete. One that failed is removed; one that is still copied
   * when the time is over, or when the operation is cancelled, is left alone, so that a retry can
   * continue with it.
   */
  CloudImage complete(int id, Operation operation) {
    Deadline end = Deadline.in(timeout);
    Duration pause = FIRST.compareTo(longest) < 0 ? FIRST : longest;
    for (int misses = 0, looks = 1; ; looks++) {
      @Nullable CloudImage image = null;
      try {
        image = look(id);
        misses = 0;
      } catch (UnavailableException e) {
        if (++misses >= MISSES) {
          throw e;
        }
      }
      if (image != null) {
        if (isComplete(image)) {
          return image;
        }
        if (end.passed()) {
          throw tooSlow(image);
        }
        operation.progress(Event.Unit.ITEMS, looks, OptionalLong.empty());
      }
      Poll.pause(pause, "the copy of image " + id);
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(longest) < 0 ? longer : longest;
    }
  }

  private CloudImage look(int id) {
    return cloud
        .image(id)
        .orElseThrow(() -> new ConcurrentChangeException("Image " + id + " was removed", null));
  }

  private boolean isComplete(CloudImage image) {
    if (image.state() == ImageState.ERROR) {
      throw failed(image);
    }
    return image.state().complete();
  }

  private UnavailableException tooSlow(CloudImage image) {
    return new UnavailableException(
        "The datastore has not copied %s within %d s; the copy goes on"
            .formatted(image.describe(), timeout.toSeconds()),
        Remedy.of(Remedy.Action.WAIT, image.name(), "handle the event again later"));
  }

  private OvercException failed(CloudImage image) {
    OvercException failure =
        new OvercException(
            "The datastore could not copy %s: %s; the failed image was removed"
                .formatted(
                    image.describe(), Shown.text(image.find("ERROR").orElse("no reason given"))),
            Remedy.other(
                "check that OpenNebula can read its file, in a directory that SAFE_DIRS names, and that there is room"));
    try {
      Cancellation.shielded(() -> cloud.delete(image.id()));
    } catch (OvercException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
