package io.overc.opennebula.lifecycle;

import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.image.ImageResult;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.disk.DiskPreparation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles events one by one; safe to be called by several threads. */
public final class LifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);
  private static final int STEPS = 6;

  private final Cloud cloud;
  private final Settings settings;
  private final Offering offering;
  private final Expiry expiry;
  private final Planner planner;
  private final Clock clock;

  /**
   * Prepares the handling; nothing is touched yet.
   *
   * @param cloud where the images go
   * @param settings how the site wants them
   * @param disks makes files that the cloud can take
   * @param clock tells what time it is
   */
  public LifeCycle(Cloud cloud, Settings settings, DiskPreparation disks, Clock clock) {
    this.cloud = cloud;
    this.settings = settings;
    this.clock = clock;
    Directory directory = new Directory(cloud);
    Registration registration = new Registration(cloud, settings, directory, disks);
    Swap swap = new Swap(cloud, settings, directory);
    Waiting waiting = new Waiting(cloud, settings.copyTimeout(), settings.poll());
    this.offering = new Offering(cloud, settings, registration, waiting, swap);
    this.expiry = new Expiry(cloud, settings, registration, swap, clock);
    this.planner = new Planner(settings, disks);
  }

  /**
   * Prepares a view of the cloud for a batch.
   *
   * @param identifiers the images it is about
   * @return the view; nothing is asked yet
   */
  public ImageIndex index(Collection<String> identifiers) {
    return new ImageIndex(cloud, settings.page(), identifiers);
  }

  /**
   * Handles an event.
   *
   * @param event the event
   * @param index a view of the cloud that covers its image
   * @param call who listens, and how long it may take
   * @return what became of it
   */
  public ImageOutcome handle(ImageEvent event, ImageIndex index, OperationOptions call) {
    return switch (event.type()) {
      case AVAILABLE_POSTFIX, EXPIRE_POSTFIX -> act(event, index, call);
      default -> {
        LOG.debug("Ignored {} of {}", event.typeName(), event.find("DC_IDENTIFIER").orElse("?"));
        yield new ImageOutcome.Ignored("Nothing is done for " + event.typeName());
      }
    };
  }

  private ImageOutcome act(ImageEvent event, ImageIndex index, OperationOptions call) {
    try (Operation operation =
        Operation.start(call.listener(), "image " + event.typeName(), event.identifier(), STEPS)) {
      try {
        ImageOutcome outcome =
            switch (event.type()) {
              case AVAILABLE_POSTFIX -> offering.offer(event, index, operation);
              default -> expiry.expire(event, index, operation);
            };
        operation.succeeded(outcome.toString());
        LOG.debug("{} of {}: {}", event.typeName(), event.identifier(), outcome);
        return outcome;
      } catch (RuntimeException e) {
        operation.failed(e);
        throw e;
      }
    }
  }

  /**
   * Says what handling an event would do, and changes nothing.
   *
   * @param event the event
   * @param index a view of the cloud that covers its image
   * @return the plan
   */
  public ImagePlan plan(ImageEvent event, ImageIndex index) {
    return planner.plan(event, index);
  }

  /**
   * Expires the images whose expiry was postponed until now; one that cannot be does not stop the
   * others, and is tried again the next time.
   *
   * @param index a view of the cloud
   * @param except identifiers to leave alone
   * @return one result for each image that was due
   */
  public List<ImageResult> expireDue(ImageIndex index, Set<String> except) {
    List<ImageResult> results = new ArrayList<>();
    for (CloudImage image : index.due(clock.instant())) {
      if (except.contains(image.name())) {
        continue;
      }
      ImageEvent event = ImageEvent.of("ExpirePostfix", image.name());
      try {
        expiry
            .expireIfDue(image)
            .map(ImageOutcome.Expired::new)
            .ifPresent(outcome -> results.add(ImageResult.handled(event, outcome)));
      } catch (OvercException | IllegalArgumentException e) {
        LOG.warn("Could not expire {}", image.describe(), e);
        results.add(ImageResult.failed(event, e));
      }
    }
    return List.copyOf(results);
  }
}
