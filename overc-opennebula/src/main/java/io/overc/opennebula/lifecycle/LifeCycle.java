package io.overc.opennebula.lifecycle;

import io.overc.event.Operation;
import io.overc.image.ImageEvent;
import io.overc.image.ImageEventType;
import io.overc.image.ImageOutcome;
import io.overc.image.ImagePlan;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.Directory;
import io.overc.opennebula.disk.DiskPreparation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The life of images in the cloud, from registration to expiry. Thread-safe. */
public final class LifeCycle {
  private final Cloud cloud;
  private final PublishImage publishImage;
  private final Expiry expiry;
  private final Planner planner;
  private final Clock clock;

  /**
   * Prepares the handling of events.
   *
   * @param cloud where the images go
   * @param options how the site wants them
   * @param disks makes files that the cloud can take
   * @param clock the current time
   */
  public LifeCycle(Cloud cloud, SiteOptions options, DiskPreparation disks, Clock clock) {
    this.cloud = cloud;
    this.clock = clock;
    Directory directory = new Directory(cloud);
    Registration registration = new Registration(cloud, options, directory, disks);
    Swap swap = new Swap(cloud, options, directory);
    this.publishImage = new PublishImage(cloud, options, registration, swap);
    this.expiry = new Expiry(cloud, options, registration, swap, clock);
    this.planner = new Planner(options, disks);
  }

  /**
   * Tells whether anything is done for events of a type.
   *
   * @param type the type
   * @return whether {@link Batch#handle} takes it
   */
  public static boolean handles(ImageEventType type) {
    return type == ImageEventType.AVAILABLE_POSTFIX || type == ImageEventType.EXPIRE_POSTFIX;
  }

  /**
   * Prepares the handling of several events. The cloud is asked for their images once, when the
   * first one is needed.
   *
   * @param events the events
   * @return the batch
   */
  public Batch batch(List<ImageEvent> events) {
    return new Batch(
        this,
        new ImageIndex(
            cloud,
            events.stream()
                .flatMap(event -> event.find("DC_IDENTIFIER").stream())
                .collect(Collectors.toSet())));
  }

  ImageOutcome handle(ImageEvent event, ImageIndex index, Operation operation) {
    return event.type() == ImageEventType.AVAILABLE_POSTFIX
        ? publishImage.offer(event, index, operation)
        : expiry.expire(event, index, operation);
  }

  ImagePlan plan(ImageEvent event, ImageIndex index) {
    return planner.plan(event, index);
  }

  List<CloudImage> due(ImageIndex index) {
    return index.due(clock.instant());
  }

  /** Returns empty if the image need not expire any more. */
  Optional<ImageOutcome> expireIfDue(CloudImage image, Operation operation) {
    operation.step("retire the image");
    return expiry.expireIfDue(image).map(ImageOutcome.Expired::new);
  }
}
