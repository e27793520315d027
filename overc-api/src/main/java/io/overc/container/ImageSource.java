package io.overc.container;

import io.overc.error.InvalidArgumentException;
import java.util.Optional;

/**
 * Names an image that replaces the one of a template.
 *
 * @param location a path or an URL ({@code file:}, {@code http:}, {@code https:}), or whatever else
 *     the backend knows how to fetch
 * @param digest what the image must hash to; empty if it is not checked
 */
public record ImageSource(String location, Optional<ImageDigest> digest) {

  /**
   * Checks that there is a location.
   *
   * @param location a path or an URL ({@code file:}, {@code http:}, {@code https:}), or whatever
   *     else the backend knows how to fetch
   * @param digest what the image must hash to; empty if it is not checked
   */
  public ImageSource {
    if (location.isBlank() || location.startsWith("-") || location.indexOf('\0') >= 0) {
      throw new InvalidArgumentException(
          "Invalid location of an image '" + location + "': expected a path or a URL");
    }
  }

  /**
   * {@return an image without a digest}
   *
   * @param location a path or an URL
   */
  public static ImageSource of(String location) {
    return new ImageSource(location, Optional.empty());
  }

  /**
   * {@return the same image with what it must hash to}
   *
   * @param expected the digest
   */
  public ImageSource withDigest(ImageDigest expected) {
    return new ImageSource(location, Optional.of(expected));
  }
}
