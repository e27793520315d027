package io.overc.opennebula.lifecycle;

import io.overc.image.ImageEvent;
import io.overc.image.ImageEventType;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.Directory;
import io.overc.opennebula.disk.DiskPreparation;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** The life of images in the cloud, from registration to expiry. Thread-safe. */
public final class LifeCycle {
  private final Cloud cloud;
  private final PublishImage publishImage;
  private final Expiry expiry;
  private final Planner planner;
  private final Clock clock;

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

  public static boolean handles(ImageEventType type) {
    return type == ImageEventType.AVAILABLE_POSTFIX || type == ImageEventType.EXPIRE_POSTFIX;
  }

  /**
   * Prepares the handling of several events. The cloud is asked for their images once, when the
   * first one is needed.
   */
  public Batch batch(List<ImageEvent> events) {
    return new Batch(
        publishImage,
        expiry,
        planner,
        clock,
        new ImageIndex(
            cloud,
            events.stream()
                .flatMap(event -> event.find("DC_IDENTIFIER").stream())
                .collect(Collectors.toSet())));
  }
}
