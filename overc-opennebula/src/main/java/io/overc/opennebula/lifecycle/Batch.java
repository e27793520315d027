package io.overc.opennebula.lifecycle;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.cloud.CloudImage;
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

  private final LifeCycle lifeCycle;
  private final ImageIndex index;
  private final Set<String> handled = new HashSet<>();

  Batch(LifeCycle lifeCycle, ImageIndex index) {
    this.lifeCycle = lifeCycle;
    this.index = index;
  }

  /**
   * Handles an event of a type that {@link LifeCycle#handles}, then expires what is due.
   *
   * @param event the event
   * @param operation reports it
   * @return the result
   */
  public ImageOutcome handle(ImageEvent event, Operation operation) {
    ImageOutcome outcome = lifeCycle.handle(event, index, operation);
    handled.add(event.identifier());
    expireDue(operation);
    return outcome;
  }

  /**
   * Plans what {@link #handle} would do.
   *
   * @param event the event
   * @return the plan
   */
  public ImagePlan plan(ImageEvent event) {
    return lifeCycle.plan(event, index);
  }

  /**
   * Expires the images whose expiry was postponed until now, except those of events that this batch
   * has handled. One that fails does not stop the others, and is retried the next time.
   *
   * @param operation is the parent of each expiry
   * @return one result for each image that was due
   */
  public List<ImageResult> expireDue(Operation operation) {
    List<ImageResult> results = new ArrayList<>();
    for (CloudImage image : lifeCycle.due(index)) {
      if (!handled.contains(image.name())) {
        expire(image, operation).ifPresent(results::add);
      }
    }
    return List.copyOf(results);
  }

  private Optional<ImageResult> expire(CloudImage image, Operation operation) {
    ImageEvent event = ImageEvent.of("ExpirePostfix", image.name());
    try {
      return operation
          .child(
              OperationKind.IMAGE_EVENT,
              image.name(),
              expiry -> lifeCycle.expireIfDue(image, expiry))
          .map(outcome -> ImageResult.handled(event, outcome));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      LOG.warn("Could not expire {}", image.describe(), e);
      return Optional.of(ImageResult.failed(event, e));
    }
  }
}
