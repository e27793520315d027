package io.overc.opennebula.lifecycle;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.error.ConfigException;
import io.overc.image.ImageEvent;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.IoErrors;
import io.overc.opennebula.cloud.Permissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a site wants its images. Immutable. */
public final class SiteOptions {
  private static final ConfigKey<String> DATASTORE =
      ConfigKey.text("opennebula.datastore", "name or number of the datastore of images")
          .withDefault("default");

  private static final ConfigKey<String> VO_DATASTORE =
      ConfigKey.text("opennebula.vo.*.datastore", "datastore for the images of a VO");

  private static final ConfigKey<String> VO_GROUP =
      ConfigKey.text(
          "opennebula.vo.*.group",
          "name or number of the group that gets the first images of a VO");

  private static final ConfigKey<String> ATTRIBUTE =
      ConfigKey.text(
          "opennebula.attribute.*",
          "value of an attribute that is added to the template of each image, for example opennebula.attribute.DEV_PREFIX");

  private static final ConfigKey<List<String>> FORMAT_ATTRIBUTES =
      ConfigKey.list(
              "opennebula.format-attributes",
              "attributes that carry the format of the file, for example FORMAT, DRIVER")
          .withDefault("FORMAT");

  private static final ConfigKey<Permissions> FIRST_PERMISSIONS =
      ConfigKey.of(
              "opennebula.first-permissions",
              "permissions of a first image, three octal digits, the last one 0",
              SiteOptions::notPublic)
          .withDefault("600");

  private static final ConfigKey<String> ENDING =
      ConfigKey.of(
              "opennebula.timestamp-ending",
              "what ends the time stamp (UTC) in the name of a retired image",
              SiteOptions::ending)
          .withDefault("_+0000-UTC");

  private static final ConfigKey<String> PARKING_USER =
      ConfigKey.text(
              "opennebula.parking-user",
              "name or number of the user who owns a new image for the moment in which the name changes hands")
          .withDefault("serveradmin");

  private static final ConfigKey<Duration> GRACE =
      ConfigKey.duration(
              "opennebula.expiry-grace",
              "how long an expiry waits for an update of the image; 0s for not at all")
          .withDefault("10m");

  private static final ConfigKey<Path> SUBSCRIBED =
      ConfigKey.path(
          "opennebula.subscribed-file",
          "file that names each subscribed dc:identifier on a line; with it only others expire, and at once");

  private static final ConfigKey<Duration> COPY_TIMEOUT =
      ConfigKey.duration("opennebula.copy-timeout", "how long a datastore may copy an image")
          .withDefault("2h");

  private static final ConfigKey<Duration> POLL =
      ConfigKey.duration("opennebula.poll", "how long to wait at most between two looks at a copy")
          .withDefault("5s");

  /** The configuration keys that are read here. */
  public static final List<ConfigKey<?>> KEYS =
      List.of(
          DATASTORE,
          VO_DATASTORE,
          VO_GROUP,
          ATTRIBUTE,
          FORMAT_ATTRIBUTES,
          FIRST_PERMISSIONS,
          ENDING,
          PARKING_USER,
          GRACE,
          SUBSCRIBED,
          COPY_TIMEOUT,
          POLL);

  private static final String ATTRIBUTES = ATTRIBUTE.name().replace("*", "");

  /** What the handler itself decides; the configuration cannot set it. */
  private static final Set<String> OWN = Set.of("NAME", "PATH", "SOURCE", "SIZE", "PERSISTENT");

  /** Half a million identifiers. */
  private static final int LARGEST_SUBSCRIBED_FILE = 16 << 20;

  /** Returns the name or number of the datastore. */
  final Function<ImageEvent, String> datastore;

  /** Returns the name or number of the group of a first image; empty for the user's own group. */
  final Function<ImageEvent, Optional<String>> group;

  /** Tells whether an identifier is still subscribed to; empty where that is not known. */
  final Optional<Predicate<String>> subscribed;

  final Map<String, String> attributes;
  final List<String> formatAttributes;
  final Permissions firstPermissions;
  final String ending;
  final String parkingUser;
  final Duration grace;
  final Duration copyTimeout;
  final Duration poll;

  /** Reads the configuration; what is not null is chosen instead of what it says. */
  public SiteOptions(
      Config config,
      @Nullable Function<ImageEvent, String> datastore,
      @Nullable Function<ImageEvent, Optional<String>> group,
      @Nullable Predicate<String> subscribed) {
    String standard = config.get(DATASTORE);
    this.datastore =
        datastore != null
            ? datastore
            : event ->
                event
                    .find("VO")
                    .flatMap(vo -> config.find(VO_DATASTORE.named(vo)))
                    .orElse(standard);
    this.group =
        group != null
            ? group
            : event -> event.find("VO").flatMap(vo -> config.find(VO_GROUP.named(vo)));
    this.subscribed =
        subscribed != null
            ? Optional.of(subscribed)
            : config.find(SUBSCRIBED).map(file -> identifier -> lists(file, identifier));
    this.attributes = attributes(config);
    this.formatAttributes = List.copyOf(config.get(FORMAT_ATTRIBUTES));
    this.firstPermissions = config.get(FIRST_PERMISSIONS);
    this.ending = config.get(ENDING);
    this.parkingUser = config.get(PARKING_USER);
    this.grace = config.get(GRACE);
    this.copyTimeout = config.get(COPY_TIMEOUT);
    this.poll = config.get(POLL);
  }

  /**
   * Returns how long a datastore may copy an image, and so how long another handler may hold it.
   */
  public Duration copyTimeout() {
    return copyTimeout;
  }

  boolean isSubscribed(String identifier) {
    return subscribed.filter(test -> test.test(identifier)).isPresent();
  }

  private static Map<String, String> attributes(Config config) {
    Map<String, String> attributes = new TreeMap<>();
    for (String key : config.names()) {
      if (ATTRIBUTE.matches(key)) {
        String name = key.substring(ATTRIBUTES.length());
        boolean own =
            OWN.contains(name) || name.startsWith("OVERC_") || name.startsWith("VMCATCHER_");
        if (own || !name.matches("[A-Z_][A-Z0-9_]*")) {
          throw new ConfigException(
              List.of(
                  "'%s': expected the name of an attribute, of A to Z, 0 to 9 and _, that the handler does not set itself"
                      .formatted(key)));
        }
        attributes.put(name, config.get(ATTRIBUTE.named(name)));
      }
    }
    return Map.copyOf(attributes);
  }

  /** Reads the file for each event: it changes as the site subscribes. */
  private static boolean lists(Path file, String identifier) {
    try {
      return BoundedFiles.utf8(file, LARGEST_SUBSCRIBED_FILE)
          .lines()
          .anyMatch(line -> line.strip().equals(identifier));
    } catch (IOException e) {
      throw IoErrors.failed("read the subscribed images (nothing expires) from " + file, e);
    }
  }

  private static Permissions notPublic(String text) {
    Permissions permissions = Permissions.parse(text);
    if (permissions.isPublic()) {
      throw new IllegalArgumentException(
          "expected 0 as the last digit: making an image public is up to the administrator");
    }
    return permissions;
  }

  private static String ending(String text) {
    if (!text.matches("[\\w+.,=@%^~!?()\\[\\] -]{0,40}")) {
      throw new IllegalArgumentException(
          "expected at most 40 characters, none of those OpenNebula refuses in a name");
    }
    return text;
  }
}
