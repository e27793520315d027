package io.overc.opennebula.xml;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the elements of a document, depth first.
 *
 * <p>A document type declaration or an entity it would have declared ends the walk with an
 * exception, wherever it comes.
 */
public final class XmlElements implements AutoCloseable {
  private static final int DEEPEST = 64;

  private final XMLStreamReader reader;
  private int depth;

  XmlElements(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Goes to the root element.
   *
   * @return its name
   * @throws XMLStreamException if there is none
   */
  public String root() throws XMLStreamException {
    String name = child();
    if (name == null) {
      throw new XMLStreamException("there is no element");
    }
    return name;
  }

  /**
   * Goes to the next child of the element the walk is in; text between is left out.
   *
   * @return the child's local name, or null after the last one: the walk is then in the parent
   * @throws XMLStreamException if it is not XML
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

  /**
   * Reads the text of the element the walk is in, and leaves it.
   *
   * @return the text
   * @throws XMLStreamException if the element has children
   */
  public String text() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return text.toString();
        }
        case XMLStreamConstants.START_ELEMENT ->
            throw new XMLStreamException("an element where text was expected");
        default -> {}
      }
    }
  }

  /**
   * Reads the text of the element the walk is in and leaves it, or leaves out its children.
   *
   * @return the text, or null if it has children
   * @throws XMLStreamException if it is not XML
   */
  public @Nullable String textUnlessNested() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    boolean nested = false;
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
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

  /**
   * Leaves the element the walk is in, with all its children.
   *
   * @throws XMLStreamException if it is not XML
   */
  public void skip() throws XMLStreamException {
    int outside = depth - 1;
    while (depth > outside) {
      child();
    }
  }

  /**
   * Returns an attribute of the element the walk has just come to.
   *
   * @param name its local name, in any name space
   * @return its value, or null
   */
  public @Nullable String attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name)) {
        return reader.getAttributeValue(i);
      }
    }
    return null;
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
}
