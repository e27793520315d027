package io.overc.opennebula.frontend;

import io.overc.opennebula.xml.XmlElements;
import java.io.StringReader;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;

/**
 * Reads templates as OpenNebula does: XML if they begin so, else its own syntax, traps included.
 */
final class TemplateText {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Za-z_][\\w]*)\\s*=\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s\"\\[\\]]+))");

  private TemplateText() {}

  static Map<String, String> parse(String text) throws Refusal {
    return text.startsWith("<") ? xml(text) : own(text);
  }

  private static Map<String, String> own(String text) {
    Map<String, String> attributes = new TreeMap<>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      String value = quoted == null ? matcher.group(3) : quoted.replace("\\\"", "\"");
      attributes.put(matcher.group(1).toUpperCase(Locale.ROOT), value);
    }
    return attributes;
  }

  private static Map<String, String> xml(String text) throws Refusal {
    Map<String, String> attributes = new TreeMap<>();
    try (XmlElements elements = XmlElements.open(new StreamSource(new StringReader(text)))) {
      elements.root();
      for (String name = elements.child(); name != null; name = elements.child()) {
        String value = elements.textUnlessNested();
        if (value != null && !value.isEmpty()) {
          attributes.put(name.toUpperCase(Locale.ROOT), value);
        }
      }
      return attributes;
    } catch (XMLStreamException e) {
      throw new Refusal(Refusal.INTERNAL, "Parse error: XML Template malformed.");
    }
  }
}
