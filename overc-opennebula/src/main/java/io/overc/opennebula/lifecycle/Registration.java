package io.overc.opennebula.lifecycle;

import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.CloudRefusalException.Reason;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.disk.FileCheck;
import io.overc.opennebula.disk.PreparedDisk;
import java.util.OptionalLong;

/** Checks and converts the file of a version, and registers it under a temporary name. */
final class Registration {
  private final Cloud cloud;
  private final Settings settings;
  private final Directory directory;
  private final DiskPreparation disks;

  Registration(Cloud cloud, Settings settings, Directory directory, DiskPreparation disks) {
    this.cloud = cloud;
    this.settings = settings;
    this.directory = directory;
    this.disks = disks;
  }

  /** Registers a version; returns the number of the image, which is still to be copied. */
  int register(Version version, Operation operation) {
    operation.step("check the file");
    OptionalLong total = OptionalLong.of(version.size());
    FileCheck.verify(
        version.file(),
        version.size(),
        version.sha512(),
        done -> operation.progress(Event.Unit.BYTES, done, total));
    int datastore = directory.datastore(settings.datastore().apply(version.event()));
    operation.step("prepare the disk");
    PreparedDisk disk = disks.prepare(version.file(), version.key());
    operation.step("register the image");
    try {
      return cloud.allocate(EventTemplate.of(version, disk, settings), datastore);
    } catch (CloudRefusalException e) {
      throw e.reason() == Reason.ALLOCATION
          ? new MovedOnException(String.valueOf(e.getMessage()), e)
          : e;
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
