package io.overc.opennebula.cloud;

import io.overc.opennebula.xml.SafeXml;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes templates as XML with entities: in OpenNebula's own syntax a quote in a value would begin
 * another attribute, and of a value in several CDATA sections only the first would be read.
 */
final class TemplateXml {
  private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

  private TemplateXml() {}

  static String of(Map<String, String> attributes) {
    StringBuilder out = new StringBuilder("<TEMPLATE>");
    attributes.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "'" + name + "' cannot be the name of an attribute: use A to Z, 0 to 9 and _");
          }
          out.append('<').append(name).append('>');
          out.append(SafeXml.escape(value));
          out.append("</").append(name).append('>');
        });
    return out.append("</TEMPLATE>").toString();
  }
}
