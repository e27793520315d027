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
 * The images of a batch, read with one query of the pool, however many events it has. What is older
 * than half a minute is looked at again, image by image; that there is no image is asked again
 * after a minute. Only the images that are asked for are kept.
 */
final class ImageIndex {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration OLD = Duration.ofSeconds(60);

  private final Cloud cloud;
  private final Set<String> wanted;
  private final Map<String, ImageVersions> byIdentifier = new HashMap<>();
  private final Map<Integer, CloudImage> expiring = new TreeMap<>();
  private boolean loaded;
  private long loadedAt;

  /** Prepares an index; the pool is queried when the first image is asked for. */
  ImageIndex(Cloud cloud, Collection<String> wanted) {
    this.cloud = cloud;
    this.wanted = Set.copyOf(wanted);
  }

  /** Returns the images of an identifier, as they are now. */
  ImageVersions versions(String identifier) {
    if (!loaded) {
      reload();
    }
    ImageVersions versions =
        byIdentifier.computeIfAbsent(identifier, key -> new ImageVersions(key, loadedAt));
    if (versions.age() > OLD.toNanos() && versions.all().isEmpty()) {
      reload();
    } else if (versions.age() > FRESH.toNanos()) {
      refresh(versions);
    }
    return versions;
  }

  private void refresh(ImageVersions versions) {
    List<CloudImage> known = versions.all();
    versions.clear();
    known.forEach(image -> cloud.image(image.id()).ifPresent(versions::put));
  }

  /** Asks the pool again. */
  void reload() {
    loadedAt = System.nanoTime();
    byIdentifier.values().forEach(ImageVersions::clear);
    expiring.clear();
    cloud.images(this::keep);
    loaded = true;
  }

  private void keep(CloudImage image) {
    String identifier = image.find(ImageAttributes.IDENTIFIER).orElse("");
    if (wanted.contains(identifier)) {
      byIdentifier.computeIfAbsent(identifier, key -> new ImageVersions(key, loadedAt)).put(image);
    }
    if (ImageAttributes.expires(image).isPresent() && image.name().equals(identifier)) {
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
            .filter(
                image -> ImageAttributes.expires(image).filter(t -> !t.isAfter(now)).isPresent());
    return over.sorted(Comparator.comparingInt(CloudImage::id)).toList();
  }
}
