package io.overc.image;

import java.time.Instant;
import java.util.Optional;

/** What handling an event did. */
public sealed interface ImageOutcome {

  /**
   * Nothing was changed because nothing had to be.
   *
   * @param reason why, for people
   */
  record Ignored(String reason) implements ImageOutcome {}

  /**
   * The cloud offers this version already.
   *
   * @param image the cloud's id of the image
   */
  record Unchanged(String image) implements ImageOutcome {}

  /**
   * The cloud offers a version that is new to it.
   *
   * @param image the cloud's id of the image
   * @param replaced the version it offered until now, which was retired; empty for a first image
   */
  record Registered(String image, Optional<Retired> replaced) implements ImageOutcome {}

  /**
   * The cloud does not offer the image any more.
   *
   * @param retired what remains of it
   */
  record Expired(Retired retired) implements ImageOutcome {}

  /**
   * The image will expire unless a newer version, or the same one, comes before that.
   *
   * @param image the cloud's id of the image
   * @param until when it will
   */
  record ExpiryPostponed(String image, Instant until) implements ImageOutcome {}

  /**
   * A version that is not offered any more, but still exists for the machines that use it.
   *
   * @param image the cloud's id of the image
   * @param name its new name
   */
  record Retired(String image, String name) {}
}
