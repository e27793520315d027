package io.overc.opennebula.cloud;

import io.overc.opennebula.xml.XmlElements;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** Reads the IMAGE element that was entered. */
final class ImageXml {
  private static final String BITS =
      "OWNER_U OWNER_M OWNER_A GROUP_U GROUP_M GROUP_A OTHER_U OTHER_M OTHER_A";

  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, String> permissions = new HashMap<>();
  private final Map<String, String> template = new HashMap<>();

  private ImageXml() {}

  static CloudImage read(XmlElements elements) throws XMLStreamException {
    ImageXml image = new ImageXml();
    for (String name = elements.child(); name != null; name = elements.child()) {
      switch (name) {
        case "PERMISSIONS" -> image.singles(elements, image.permissions);
        case "TEMPLATE" -> image.singles(elements, image.template);
        case "ID", "UID", "GID", "UNAME", "GNAME", "NAME", "STATE", "REGTIME" ->
            image.fields.put(name, elements.text());
        default -> elements.skip();
      }
    }
    return image.build();
  }

  private void singles(XmlElements elements, Map<String, String> into) throws XMLStreamException {
    for (String name = elements.child(); name != null; name = elements.child()) {
      String text = elements.textUnlessNested();
      if (text != null) {
        into.put(name, text);
      }
    }
  }

  private CloudImage build() throws XMLStreamException {
    try {
      int bits = 0;
      for (String bit : BITS.split(" ", -1)) {
        bits = bits * 2 + (permissions.getOrDefault(bit, "0").equals("1") ? 1 : 0);
      }
      return new CloudImage(
          Integer.parseInt(field("ID")),
          Integer.parseInt(field("UID")),
          Integer.parseInt(field("GID")),
          field("UNAME"),
          field("GNAME"),
          field("NAME"),
          new Permissions(bits),
          ImageState.of(Integer.parseInt(field("STATE"))),
          Instant.ofEpochSecond(Long.parseLong(field("REGTIME"))),
          Map.copyOf(template));
    } catch (NumberFormatException e) {
      throw new XMLStreamException("an image with a malformed number", e);
    }
  }

  private String field(String name) throws XMLStreamException {
    String value = fields.get(name);
    if (value == null) {
      throw new XMLStreamException("an image without " + name);
    }
    return value;
  }
}
