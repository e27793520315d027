package io.overc.opennebula.lifecycle;

import io.overc.error.RefusedException;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.ImageState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All images of one {@code dc:identifier}: the current one, those being made, and those that were
 * retired. An image without the attribute is not one of them, whatever its name.
 */
final class ImageVersions {
  private final String identifier;
  private final Map<Integer, CloudImage> images = new TreeMap<>();
  private long seen;

  /** Creates an empty set, as of a {@link System#nanoTime}. */
  ImageVersions(String identifier, long seen) {
    this.identifier = identifier;
    this.seen = seen;
  }

  void put(CloudImage image) {
    if (image.state() != ImageState.DELETE) {
      images.put(image.id(), image);
    }
  }

  void remove(int id) {
    images.remove(id);
  }

  /** Looks at one image again. */
  void refresh(int id, Cloud cloud) {
    images.remove(id);
    cloud.image(id).ifPresent(this::put);
  }

  void clear() {
    images.clear();
    seen = System.nanoTime();
  }

  long age() {
    return System.nanoTime() - seen;
  }

  List<CloudImage> all() {
    return List.copyOf(images.values());
  }

  /**
   * Returns the image that is offered now: it has the name and the attribute, and is not a new one
   * on its way. Its owner does not matter, but two of them cannot be told apart.
   */
  Optional<CloudImage> current() {
    List<CloudImage> found =
        images.values().stream()
            .filter(image -> image.name().equals(identifier) && !ImageAttributes.unfinished(image))
            .toList();
    if (found.size() > 1) {
      throw new RefusedException(
          found.stream()
              .map(CloudImage::describe)
              .collect(
                  Collectors.joining(
                      ", ",
                      "Several images named " + identifier + " could be the current one: ",
                      "; rename or delete all but one")));
    }
    return found.stream().findFirst();
  }

  /** Returns the images that somebody began to register or to swap. */
  List<CloudImage> unfinished() {
    return images.values().stream().filter(ImageAttributes::unfinished).toList();
  }

  boolean named(CloudImage image) {
    return image.name().equals(identifier);
  }
}
