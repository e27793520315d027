package io.overc.opennebula.lifecycle;

import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.ImageState;
import io.overc.opennebula.cloud.Permissions;
import java.util.Map;
import java.util.Optional;

/**
 * What a new version inherits from the one it replaces.
 *
 * @param replaces the image that is replaced
 * @param uid its owner
 * @param gid its group
 * @param permissions its permissions
 * @param disabled whether it was disabled
 */
record InheritedAttributes(
    int replaces, int uid, int gid, Permissions permissions, boolean disabled) {
  private static final String REPLACES = "OVERC_REPLACES";
  private static final String UID = "OVERC_UID";
  private static final String GID = "OVERC_GID";
  private static final String PERMISSIONS = "OVERC_PERMISSIONS";
  private static final String DISABLED = "OVERC_DISABLED";

  static InheritedAttributes of(CloudImage image) {
    return new InheritedAttributes(
        image.id(),
        image.uid(),
        image.gid(),
        image.permissions(),
        image.state() == ImageState.DISABLED);
  }

  /** Reads what was written on an image; empty if nothing usable was. */
  static Optional<InheritedAttributes> on(CloudImage image) {
    try {
      return Optional.of(
          new InheritedAttributes(
              Integer.parseInt(image.find(REPLACES).orElse("")),
              Integer.parseInt(image.find(UID).orElse("")),
              Integer.parseInt(image.find(GID).orElse("")),
              Permissions.parse(image.find(PERMISSIONS).orElse("")),
              image.find(DISABLED).orElse("").equals("YES")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Map<String, String> attributes() {
    return Map.of(
        ImageAttributes.STATE,
        ImageAttributes.SWAPPING,
        REPLACES,
        String.valueOf(replaces),
        UID,
        String.valueOf(uid),
        GID,
        String.valueOf(gid),
        PERMISSIONS,
        permissions.toString(),
        DISABLED,
        disabled ? "YES" : "NO");
  }
}
