package io.overc.opennebula.lifecycle;

import io.overc.opennebula.cloud.CloudImage;
import java.time.Instant;
import java.util.Optional;

/**
 * The attributes in which an image carries how far its registration or expiry has come, so that any
 * handler on any machine can continue.
 */
final class ImageAttributes {
  /** The progress of a registration: {@link #PENDING}, {@link #SWAPPING} or {@link #CURRENT}. */
  static final String STATE = "OVERC_STATE";

  /** The image is copied, or complete and not yet offered. */
  static final String PENDING = "PENDING";

  /** The image is about to take the place of another; {@link InheritedAttributes} says how. */
  static final String SWAPPING = "SWAPPING";

  /** The image is offered, or was. */
  static final String CURRENT = "CURRENT";

  /** The seconds since 1970 at which the image expires, or {@link #NEVER}. */
  static final String EXPIRES = "OVERC_EXPIRES";

  /** The expiry was cancelled. */
  static final String NEVER = "NEVER";

  /** The name the image gets as it expires. */
  static final String EXPIRING = "OVERC_EXPIRING";

  /** The {@code dc:identifier}, as the old handler wrote it too. */
  static final String IDENTIFIER = "VMCATCHER_EVENT_DC_IDENTIFIER";

  /** The checksum of the file that was downloaded. */
  static final String CHECKSUM = "VMCATCHER_EVENT_SL_CHECKSUM_SHA512";

  private ImageAttributes() {}

  static boolean is(CloudImage image, String state) {
    return image.find(STATE).filter(state::equals).isPresent();
  }

  static boolean unfinished(CloudImage image) {
    return is(image, PENDING) || is(image, SWAPPING);
  }

  static Optional<Instant> expires(CloudImage image) {
    return image
        .find(EXPIRES)
        .filter(text -> text.matches("\\d{1,12}"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
  }
}
