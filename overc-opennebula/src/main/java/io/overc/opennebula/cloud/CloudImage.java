package io.overc.opennebula.cloud;

import io.overc.opennebula.xml.Shown;
import io.overc.opennebula.xml.XmlElements;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * An image as OpenNebula described it.
 *
 * @param name unique among the images of its owner
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
  private static final String BITS =
      "OWNER_U OWNER_M OWNER_A GROUP_U GROUP_M GROUP_A OTHER_U OTHER_M OTHER_A";

  /** Reads the IMAGE element that was entered. */
  static CloudImage read(XmlElements elements) throws XMLStreamException {
    Map<String, String> fields = new HashMap<>();
    Map<String, String> permissions = new HashMap<>();
    Map<String, String> template = new HashMap<>();
    for (String name = elements.child(); name != null; name = elements.child()) {
      switch (name) {
        case "PERMISSIONS" -> singles(elements, permissions);
        case "TEMPLATE" -> singles(elements, template);
        case "ID", "UID", "GID", "UNAME", "GNAME", "NAME", "STATE", "REGTIME" ->
            fields.put(name, elements.text());
        default -> elements.skip();
      }
    }
    try {
      int bits = 0;
      for (String bit : BITS.split(" ", -1)) {
        bits = bits * 2 + (permissions.getOrDefault(bit, "0").equals("1") ? 1 : 0);
      }
      return new CloudImage(
          Integer.parseInt(field("ID", fields)),
          Integer.parseInt(field("UID", fields)),
          Integer.parseInt(field("GID", fields)),
          field("UNAME", fields),
          field("GNAME", fields),
          field("NAME", fields),
          new Permissions(bits),
          ImageState.of(Integer.parseInt(field("STATE", fields))),
          Instant.ofEpochSecond(Long.parseLong(field("REGTIME", fields))),
          Map.copyOf(template));
    } catch (NumberFormatException e) {
      throw new XMLStreamException("an image with a malformed number", e);
    }
  }

  private static void singles(XmlElements elements, Map<String, String> into)
      throws XMLStreamException {
    for (String name = elements.child(); name != null; name = elements.child()) {
      String text = elements.textUnlessNested();
      if (text != null) {
        into.put(name, text);
      }
    }
  }

  private static String field(String name, Map<String, String> fields) throws XMLStreamException {
    String value = fields.get(name);
    if (value == null) {
      throw new XMLStreamException("an image without " + name);
    }
    return value;
  }

  public Optional<String> find(String attribute) {
    return Optional.ofNullable(template.get(attribute));
  }

  /** Describes the image for people: {@code image 7 (name, oneadmin:egi 640, READY)}. */
  public String describe() {
    return Shown.text(
        "image %d (%s, %s:%s %s, %s)".formatted(id, name, owner, group, permissions, state));
  }
}
