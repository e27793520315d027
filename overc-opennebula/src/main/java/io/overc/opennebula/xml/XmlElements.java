package io.overc.opennebula.xml;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the elements of a document of somebody who is not trusted, depth first. A document
 * type declaration or an entity it would have declared ends the walk with an exception, wherever it
 * comes.
 */
public final class XmlElements implements AutoCloseable {
  private static final int DEEPEST = 64;

  private final XMLStreamReader reader;
  private int depth;

  private XmlElements(XMLStreamReader reader) {
    this.reader = reader;
  }

  public static XmlElements open(StreamSource document) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // The parser would leave out an entity that it does not know.
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are refused: " + systemId);
        });
    return new XmlElements(factory.createXMLStreamReader(document));
  }

  /** Goes to the root element, and returns its name. */
  public String root() throws XMLStreamException {
    String name = child();
    if (name == null) {
      throw new XMLStreamException("there is no element");
    }
    return name;
  }

  /**
   * Goes to the next child of the element the walk is in, and returns its local name; null after
   * the last one: the walk is then in the parent. Text between is left out.
   */
  public @Nullable String child() throws XMLStreamException {
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          return enter();
        }
        case XMLStreamConstants.END_ELEMENT, XMLStreamConstants.END_DOCUMENT -> {
          depth--;
          return null;
        }
        default -> {}
      }
    }
  }

  /** Reads the text of the element the walk is in, which has no children, and leaves it. */
  public String text() throws XMLStreamException {
    String text = textUnlessNested();
    if (text == null) {
      throw new XMLStreamException("an element where text was expected");
    }
    return text;
  }

  /** Leaves the element the walk is in, and returns its text; null if it has children. */
  public @Nullable String textUnlessNested() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    boolean nested = false;
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.START_ELEMENT -> {
          enter();
          nested = true;
          skip();
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return nested ? null : text.toString();
        }
        default -> {}
      }
    }
  }

  /** Leaves the element the walk is in, with all its children. */
  public void skip() throws XMLStreamException {
    int outside = depth - 1;
    while (depth > outside) {
      child();
    }
  }

  @Override
  public void close() throws XMLStreamException {
    reader.close();
  }

  private String enter() throws XMLStreamException {
    if (++depth > DEEPEST) {
      throw new XMLStreamException("elements nested more than " + DEEPEST + " deep");
    }
    return reader.getLocalName();
  }

  private int next() throws XMLStreamException {
    if (!reader.hasNext()) {
      throw new XMLStreamException("the document ends too early");
    }
    int event = reader.next();
    if (event == XMLStreamConstants.DTD) {
      throw new XMLStreamException("a document type declaration is refused");
    }
    if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new XMLStreamException("an entity is refused: " + reader.getLocalName());
    }
    return event;
  }

  /**
   * Replaces what would be markup. Characters that XML cannot carry become the replacement
   * character, a carriage return a character reference: a parser would turn it into a line feed.
   */
  public static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
