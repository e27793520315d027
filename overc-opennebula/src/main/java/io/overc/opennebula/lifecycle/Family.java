package io.overc.opennebula.lifecycle;

import io.overc.error.RefusedException;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.cloud.ImageState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds all images of one {@code dc:identifier}: the current one, those being made, and those that
 * were put away. An image without the attribute is not one of them, whatever its name.
 */
final class Family {
  private final String identifier;
  private final Map<Integer, CloudImage> images = new TreeMap<>();
  private long seen;

  /** Begins an empty family as of a moment, which {@link System#nanoTime} told. */
  Family(String identifier, long seen) {
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
            .filter(image -> image.name().equals(identifier) && !Marks.unfinished(image))
            .toList();
    if (found.size() > 1) {
      throw new RefusedException(
          found.stream()
              .map(CloudImage::describe)
              .collect(
                  Collectors.joining(
                      ", ",
                      "It cannot be told which of the images named " + identifier + " is meant: ",
                      "; rename or delete all but one")));
    }
    return found.stream().findFirst();
  }

  /** Returns the images that somebody began to register or to swap. */
  List<CloudImage> unfinished() {
    return images.values().stream().filter(Marks::unfinished).toList();
  }

  boolean named(CloudImage image) {
    return image.name().equals(identifier);
  }
}
