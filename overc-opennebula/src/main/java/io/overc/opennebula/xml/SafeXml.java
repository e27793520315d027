package io.overc.opennebula.xml;

import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens XML that was written by somebody else: no DTD, no external entities. Thread-safe. */
public final class SafeXml {
  private final XMLInputFactory factory;

  /** Prepares a parser of the JDK. */
  public SafeXml() {
    factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are refused: " + systemId);
        });
  }

  /**
   * Opens bytes.
   *
   * @param in the bytes; the encoding is the one the XML declares
   * @return the elements
   * @throws XMLStreamException if it is not XML
   */
  public XmlElements open(InputStream in) throws XMLStreamException {
    XMLStreamReader reader;
    synchronized (factory) {
      reader = factory.createXMLStreamReader(in);
    }
    return new XmlElements(reader);
  }

  /**
   * Opens text.
   *
   * @param in the text
   * @return the elements
   * @throws XMLStreamException if it is not XML
   */
  public XmlElements open(Reader in) throws XMLStreamException {
    XMLStreamReader reader;
    synchronized (factory) {
      reader = factory.createXMLStreamReader(in);
    }
    return new XmlElements(reader);
  }

  /**
   * Replaces what would be markup.
   *
   * @param text any text; characters that XML cannot carry become the replacement character, a
   *     carriage return becomes a character reference (a parser would turn it into a line feed)
   * @return the text of an element
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> escape(c, out));
    return out.toString();
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '\r' -> out.append("&#13;");
      default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
    }
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
