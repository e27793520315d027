package io.overc.opennebula.lifecycle;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.image.ImageEvent;
import io.overc.image.ImageEventType;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.cloud.CloudImage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the events of one call with one view of the cloud. Not thread-safe. */
public final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final PublishImage publishImage;
  private final Expiry expiry;
  private final Planner planner;
  private final Clock clock;
  private final ImageIndex index;
  private final Set<String> handled = new HashSet<>();

  Batch(PublishImage publishImage, Expiry expiry, Planner planner, Clock clock, ImageIndex index) {
    this.publishImage = publishImage;
    this.expiry = expiry;
    this.planner = planner;
    this.clock = clock;
    this.index = index;
  }

  /** Handles an event of a type that {@link LifeCycle#handles}, then expires what is due. */
  public ImageOutcome handle(ImageEvent event, Operation operation) {
    ImageOutcome outcome =
        event.type() == ImageEventType.AVAILABLE_POSTFIX
            ? publishImage.offer(event, index, operation)
            : expiry.expire(event, index, operation);
    handled.add(event.identifier());
    expireDue(operation);
    return outcome;
  }

  public ImagePlan plan(ImageEvent event) {
    return planner.plan(event, index);
  }

  /**
   * Expires the images whose expiry was postponed until now, except those of events that this batch
   * has handled. One that fails does not stop the others, and is retried the next time.
   */
  public List<ImageResult> expireDue(Operation operation) {
    List<ImageResult> results = new ArrayList<>();
    for (CloudImage image : index.due(clock.instant())) {
      if (!handled.contains(image.name())) {
        expire(image, operation).ifPresent(results::add);
      }
    }
    return List.copyOf(results);
  }

  private Optional<ImageResult> expire(CloudImage image, Operation operation) {
    ImageEvent event = ImageEvent.of("ExpirePostfix", image.name());
    try {
      return operation.child(
          OperationKind.IMAGE_EVENT,
          image.name(),
          part -> {
            part.step("retire the image");
            return expiry
                .expireIfDue(image)
                .map(retired -> ImageResult.handled(event, new ImageOutcome.Expired(retired)));
          });
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      LOG.warn("Could not expire {}", image.describe(), e);
      return Optional.of(ImageResult.failed(event, e));
    }
  }
}
