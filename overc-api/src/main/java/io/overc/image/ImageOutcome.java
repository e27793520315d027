package io.overc.image;

import java.time.Instant;
import java.util.Optional;

/** Says what became of an event. */
public sealed interface ImageOutcome {

  /**
   * Says that nothing of the cloud was changed because nothing had to be.
   *
   * @param reason why, for people
   */
  record Ignored(String reason) implements ImageOutcome {}

  /**
   * Says that the cloud offers this version already.
   *
   * @param image the cloud's id of the image
   */
  record Unchanged(String image) implements ImageOutcome {}

  /**
   * Says that the cloud offers a version that is new to it.
   *
   * @param image the cloud's id of the image
   * @param replaced the version it offered until now, which was put away; empty for a first image
   */
  record Registered(String image, Optional<PutAway> replaced) implements ImageOutcome {}

  /**
   * Says that the cloud does not offer the image any more.
   *
   * @param putAway what became of it
   */
  record Expired(PutAway putAway) implements ImageOutcome {}

  /**
   * Says that the image will expire unless a newer version, or the same one, comes before that.
   *
   * @param image the cloud's id of the image
   * @param until when it will
   */
  record ExpiryPostponed(String image, Instant until) implements ImageOutcome {}

  /**
   * Names a version that is not offered any more but still there for the machines that use it.
   *
   * @param image the cloud's id of the image
   * @param name its new name
   */
  record PutAway(String image, String name) {}
}
