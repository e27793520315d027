package io.overc.opennebula.lifecycle;

import io.overc.image.ImageEvent;
import io.overc.opennebula.cloud.Permissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Says how a site wants its images.
 *
 * @param datastore gives the name or number of the datastore for an event
 * @param group gives the name or number of the group of a first image, if not the user's own
 * @param attributes what is added to the template of each image
 * @param formatAttributes the attributes that carry the format of the file
 * @param firstPermissions what a first image has; never anything for others
 * @param ending what ends the time stamp in the name of a retired image
 * @param parkingUser the name or number of the user who holds a new image while names are swapped
 * @param subscribed tells whether an identifier is still subscribed to, if that can be told
 * @param grace how long an expiry waits for an update; not used where {@code subscribed} is there
 * @param copyTimeout how long a datastore may copy
 * @param poll how long to wait at most between two looks at a copy
 * @param page how many images are asked for at once
 */
public record Settings(
    Function<ImageEvent, String> datastore,
    Function<ImageEvent, Optional<String>> group,
    Map<String, String> attributes,
    List<String> formatAttributes,
    Permissions firstPermissions,
    String ending,
    String parkingUser,
    Optional<Predicate<String>> subscribed,
    Duration grace,
    Duration copyTimeout,
    Duration poll,
    int page) {

  /**
   * Copies the collections.
   *
   * @param datastore gives the name or number of the datastore for an event
   * @param group gives the name or number of the group of a first image, if not the user's own
   * @param attributes what is added to the template of each image
   * @param formatAttributes the attributes that carry the format of the file
   * @param firstPermissions what a first image has; never anything for others
   * @param ending what ends the time stamp in the name of a retired image
   * @param parkingUser the name or number of the user who holds a new image while names are swapped
   * @param subscribed tells whether an identifier is still subscribed to, if that can be told
   * @param grace how long an expiry waits for an update; not used where {@code subscribed} is there
   * @param copyTimeout how long a datastore may copy
   * @param poll how long to wait at most between two looks at a copy
   * @param page how many images are asked for at once
   */
  public Settings {
    attributes = Map.copyOf(attributes);
    formatAttributes = List.copyOf(formatAttributes);
  }
}
