package io.overc.opennebula.lifecycle;

import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.CloudImage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sees the images of a batch with one query of the pool, however many events it has. What is older
 * than half a minute is looked at again, image by image; that there is no image is asked again
 * after a minute. Only the images that are asked for are kept.
 */
public final class ImageIndex {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration OLD = Duration.ofSeconds(60);

  private final Cloud cloud;
  private final int page;
  private final Set<String> wanted;
  private final Map<String, Family> families = new HashMap<>();
  private final Map<Integer, CloudImage> expiring = new TreeMap<>();
  private boolean loaded;
  private long loadedAt;

  /**
   * Prepares an index; the pool is asked when the first image is.
   *
   * @param cloud where the images are
   * @param page how many are asked for at once
   * @param wanted the identifiers that will be asked for
   */
  public ImageIndex(Cloud cloud, int page, Collection<String> wanted) {
    this.cloud = cloud;
    this.page = page;
    this.wanted = Set.copyOf(wanted);
  }

  /** Returns the images of an identifier, as they are now. */
  Family family(String identifier) {
    if (!loaded) {
      reload();
    }
    Family family = families.computeIfAbsent(identifier, key -> new Family(key, loadedAt));
    if (family.age() > OLD.toNanos() && family.all().isEmpty()) {
      reload();
    } else if (family.age() > FRESH.toNanos()) {
      refresh(family);
    }
    return family;
  }

  private void refresh(Family family) {
    List<CloudImage> known = family.all();
    family.clear();
    known.forEach(image -> cloud.image(image.id()).ifPresent(family::put));
  }

  /** Asks the pool again. */
  void reload() {
    loadedAt = System.nanoTime();
    families.values().forEach(Family::clear);
    expiring.clear();
    cloud.images(page, this::keep);
    loaded = true;
  }

  private void keep(CloudImage image) {
    String identifier = image.find(Marks.IDENTIFIER).orElse("");
    if (wanted.contains(identifier)) {
      families.computeIfAbsent(identifier, key -> new Family(key, loadedAt)).put(image);
    }
    if (Marks.expires(image).isPresent() && image.name().equals(identifier)) {
      expiring.put(image.id(), image);
    }
  }

  /** Returns the current images whose time is over, as the pool had them, oldest first. */
  List<CloudImage> due(Instant now) {
    if (!loaded) {
      reload();
    }
    Stream<CloudImage> over =
        expiring.values().stream()
            .filter(image -> Marks.expires(image).filter(t -> !t.isAfter(now)).isPresent());
    return over.sorted(Comparator.comparingInt(CloudImage::id)).toList();
  }
}
