package io.overc.opennebula.lifecycle;

import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.CloudRefusalException.Reason;
import io.overc.opennebula.cloud.Directory;
import io.overc.opennebula.disk.CheckedFile;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.disk.DiskPreparation.PreparedDisk;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Checks and converts the file of a version, and registers it under a temporary name. */
final class Registration {
  private final Cloud cloud;
  private final SiteOptions options;
  private final Directory directory;
  private final DiskPreparation disks;

  Registration(Cloud cloud, SiteOptions options, Directory directory, DiskPreparation disks) {
    this.cloud = cloud;
    this.options = options;
    this.directory = directory;
    this.disks = disks;
  }

  /** Registers a version; returns the number of the image, which is still to be copied. */
  int register(Version version, Operation operation) {
    operation.step("check the file");
    OptionalLong total = OptionalLong.of(version.size());
    Path file =
        disks.check(
            new CheckedFile(version.file(), version.size(), version.sha512()),
            version.key(),
            done -> operation.progress(Event.Unit.BYTES, done, total));
    int datastore = directory.datastore(options.datastore.apply(version.event()));
    operation.step("prepare the disk");
    PreparedDisk disk = disks.prepare(file, version.key());
    operation.step("register the image");
    try {
      return cloud.allocate(version.template(disk, options), datastore);
    } catch (CloudRefusalException e) {
      throw e.reason() == Reason.ALLOCATION ? new ConcurrentChangeException(e.problem(), e) : e;
    }
  }

  /** Removes what was made from the file, once the datastore has its own copy. */
  void discard(Version version) {
    disks.discard(version.file(), version.key());
  }

  /** Deletes an image that nobody needs any more. */
  void drop(CloudImage image) {
    try {
      cloud.delete(image.id());
    } catch (CloudRefusalException e) {
      if (e.reason() != Reason.MISSING) {
        throw e;
      }
    }
  }
}
