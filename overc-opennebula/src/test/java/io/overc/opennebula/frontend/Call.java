package io.overc.opennebula.frontend;

import io.overc.opennebula.xml.XmlElements;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;

/** A call as it came over the wire; all values as texts. */
record Call(String method, List<String> parameters) {

  static Call parse(byte[] body) throws XMLStreamException {
    try (XmlElements xml = XmlElements.open(new StreamSource(new ByteArrayInputStream(body)))) {
      xml.root();
      xml.child();
      String method = xml.text();
      List<String> parameters = new ArrayList<>();
      if (xml.child() == null) {
        throw new XMLStreamException("no params");
      }
      while (xml.child() != null) {
        xml.child();
        String type = xml.child();
        if ("array".equals(type)) {
          xml.skip();
          parameters.add("");
        } else {
          parameters.add(xml.text());
        }
        xml.child();
        xml.child();
      }
      xml.child();
      return new Call(method, parameters);
    }
  }

  String text(int index) {
    return parameters.get(index);
  }

  int number(int index) {
    return Integer.parseInt(parameters.get(index).strip());
  }
}
