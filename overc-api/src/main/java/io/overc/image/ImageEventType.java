package io.overc.image;

import java.util.Map;

/** Names the events that VMcatcher sends. */
public enum ImageEventType {
  /** An image is about to be downloaded. */
  PROCESS_PREFIX,
  /** An image was downloaded. */
  PROCESS_POSTFIX,
  /** An image is about to become available in the cache. */
  AVAILABLE_PREFIX,
  /** An image is available in the cache. */
  AVAILABLE_POSTFIX,
  /** An image is about to leave the cache. */
  EXPIRE_PREFIX,
  /** An image has left the cache: it expired, or a newer version is about to take its place. */
  EXPIRE_POSTFIX,
  /** An image list names an image that nobody has subscribed to yet. */
  SUBSCRIPTION_IMAGE_NEW,
  /** Anything else. */
  UNKNOWN;

  private static final Map<String, ImageEventType> BY_NAME =
      Map.of(
          "ProcessPrefix", PROCESS_PREFIX,
          "ProcessPostfix", PROCESS_POSTFIX,
          "AvailablePrefix", AVAILABLE_PREFIX,
          "AvailablePostfix", AVAILABLE_POSTFIX,
          "ExpirePrefix", EXPIRE_PREFIX,
          "ExpirePostfix", EXPIRE_POSTFIX,
          "ExpirePosfix", EXPIRE_POSTFIX,
          "SubscriptionImageNew", SUBSCRIPTION_IMAGE_NEW);

  /**
   * {@return the type of a name, or {@link #UNKNOWN}}
   *
   * @param name what {@code VMCATCHER_EVENT_TYPE} says; some versions of VMcatcher say {@code
   *     ExpirePosfix}
   */
  public static ImageEventType of(String name) {
    return BY_NAME.getOrDefault(name, UNKNOWN);
  }
}
