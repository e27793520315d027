package io.overc.opennebula.lifecycle;

import io.overc.image.ImageOutcome.PutAway;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.CloudRefusalException.Reason;
import io.overc.opennebula.cloud.Permissions;

/**
 * Puts an image away: another name, oneadmin:oneadmin, 700, disabled if no machine uses it. Each
 * step is left out if it was done before, so the whole can be done again.
 */
final class Retirement {
  private static final int ONEADMIN = 0;

  private final Cloud cloud;

  Retirement(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Gives the image its new name, or one with its number if that is taken. */
  String rename(CloudImage image, String name) {
    try {
      cloud.rename(image.id(), name);
      return name;
    } catch (CloudRefusalException e) {
      if (e.reason() != Reason.ACTION) {
        throw e;
      }
      String unique = name + "_" + image.id();
      cloud.rename(image.id(), unique);
      return unique;
    }
  }

  /** Takes the image, already renamed, from everybody. */
  PutAway putAway(CloudImage image, String name) {
    if (image.uid() != ONEADMIN || image.gid() != ONEADMIN) {
      cloud.chown(image.id(), ONEADMIN, ONEADMIN);
    }
    if (!image.permissions().equals(Permissions.OWNER_ONLY)) {
      cloud.chmod(image.id(), Permissions.OWNER_ONLY);
    }
    if (image.state().canBeDisabled()) {
      disable(image);
    }
    return new PutAway(String.valueOf(image.id()), name);
  }

  private void disable(CloudImage image) {
    try {
      cloud.disable(image.id());
    } catch (CloudRefusalException e) {
      if (e.reason() == Reason.AUTHORIZATION || e.reason() == Reason.AUTHENTICATION) {
        throw e;
      }
      // A machine took it in this moment: it is disabled "if it can be".
    }
  }
}
