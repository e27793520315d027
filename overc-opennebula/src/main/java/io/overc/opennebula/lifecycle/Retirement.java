package io.overc.opennebula.lifecycle;

import io.overc.image.ImageOutcome.Retired;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.CloudRefusalException;
import io.overc.opennebula.cloud.CloudRefusalException.Reason;
import io.overc.opennebula.cloud.Permissions;

/**
 * Retires an image: another name, oneadmin:oneadmin, 700, disabled if no machine uses it. A step
 * that was done before is skipped, so it can be retried.
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
      rethrowIfNotAllowed(e);
      return renameUniquely(image, name, e);
    }
  }

  private String renameUniquely(CloudImage image, String name, CloudRefusalException cause) {
    String unique = name + "_" + image.id();
    try {
      cloud.rename(image.id(), unique);
      return unique;
    } catch (CloudRefusalException e) {
      cause.addSuppressed(e);
      throw cause;
    }
  }

  /** Withdraws the image, already renamed, from everybody. */
  Retired retire(CloudImage image, String name) {
    String last = name;
    if (image.uid() != ONEADMIN || image.gid() != ONEADMIN) {
      last = chown(image, name);
    }
    if (!image.permissions().equals(Permissions.OWNER_ONLY)) {
      cloud.chmod(image.id(), Permissions.OWNER_ONLY);
    }
    if (image.state().canBeDisabled()) {
      disable(image);
    }
    return new Retired(String.valueOf(image.id()), last);
  }

  /** Of two versions retired in one second, oneadmin can own only one by the plain name. */
  private String chown(CloudImage image, String name) {
    try {
      cloud.chown(image.id(), ONEADMIN, ONEADMIN);
      return name;
    } catch (CloudRefusalException e) {
      rethrowIfNotAllowed(e);
      if (name.endsWith("_" + image.id())) {
        throw e;
      }
      String unique = renameUniquely(image, name, e);
      cloud.chown(image.id(), ONEADMIN, ONEADMIN);
      return unique;
    }
  }

  private void disable(CloudImage image) {
    try {
      cloud.disable(image.id());
    } catch (CloudRefusalException e) {
      // A machine may have begun to use it: then it cannot be disabled, and need not be.
      if (cloud.image(image.id()).filter(now -> now.state().canBeDisabled()).isPresent()) {
        throw e;
      }
    }
  }

  private static void rethrowIfNotAllowed(CloudRefusalException e) {
    if (e.reason() == Reason.AUTHORIZATION || e.reason() == Reason.AUTHENTICATION) {
      throw e;
    }
  }
}
