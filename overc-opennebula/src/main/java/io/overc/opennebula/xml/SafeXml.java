package io.overc.opennebula.xml;

import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Reads and writes XML that is exchanged with somebody who is not trusted: no DTD, no external
 * entities. Thread-safe.
 */
public final class SafeXml {
  private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

  static {
    FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    FACTORY.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    FACTORY.setProperty(XMLInputFactory.IS_COALESCING, false);
    FACTORY.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are refused: " + systemId);
        });
  }

  private SafeXml() {}

  /**
   * Opens a document.
   *
   * @param in its bytes; the encoding is the one that the document declares
   * @return the elements
   * @throws XMLStreamException if it is not XML
   */
  public static XmlElements open(InputStream in) throws XMLStreamException {
    synchronized (
        FACTORY) { // The factory is not thread-safe, the readers it makes are independent.
      return new XmlElements(FACTORY.createXMLStreamReader(in));
    }
  }

  /**
   * Opens a document that came as text.
   *
   * @param in the text
   * @return the elements
   * @throws XMLStreamException if it is not XML
   */
  public static XmlElements open(Reader in) throws XMLStreamException {
    synchronized (FACTORY) {
      return new XmlElements(FACTORY.createXMLStreamReader(in));
    }
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
