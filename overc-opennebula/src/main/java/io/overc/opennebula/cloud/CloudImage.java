package io.overc.opennebula.cloud;

import io.overc.opennebula.xml.Shown;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An image as OpenNebula described it.
 *
 * @param id its number
 * @param uid its owner
 * @param gid its group
 * @param owner the name of its owner
 * @param group the name of its group
 * @param name its name, unique among the images of the owner
 * @param permissions who may do what
 * @param state its state
 * @param registered when it was registered
 * @param template the attributes of its template that are single values
 */
public record CloudImage(
    int id,
    int uid,
    int gid,
    String owner,
    String group,
    String name,
    Permissions permissions,
    ImageState state,
    Instant registered,
    Map<String, String> template) {

  /**
   * Returns an attribute of the template.
   *
   * @param attribute its name
   * @return its value, or empty
   */
  public Optional<String> find(String attribute) {
    return Optional.ofNullable(template.get(attribute));
  }

  /**
   * Describes the image for people.
   *
   * @return for example {@code image 7 (name, oneadmin:egi 640, READY)}
   */
  public String describe() {
    return Shown.text(
        "image %d (%s, %s:%s %s, %s)".formatted(id, name, owner, group, permissions, state));
  }
}
