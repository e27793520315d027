package io.overc.opennebula.disk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Finds in an OVF description the file of the disk a machine boots from: the one that the first
 * hard disk of the hardware section refers to, else the first of the disk section.
 */
final class OvfDisk {
  private static final String HARD_DISK = "17";

  private OvfDisk() {}

  /** Returns the name of the file, or empty if the description names none. */
  static Optional<String> file(byte[] ovf) throws IOException, SAXException {
    Map<String, String> files = new HashMap<>();
    Map<String, String> fileOfDisk = new LinkedHashMap<>();
    List<String> attached = new ArrayList<>();
    NodeList all = parser().parse(new ByteArrayInputStream(ovf)).getElementsByTagNameNS("*", "*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      switch (element.getLocalName()) {
        case "File" -> files.put(attribute(element, "id"), attribute(element, "href"));
        case "Disk" -> fileOfDisk.put(attribute(element, "diskId"), attribute(element, "fileRef"));
        case "Item", "StorageItem" -> {
          // Its resource is ovf:/disk/ID.
          String resource = text(element, "HostResource");
          if (text(element, "ResourceType").equals(HARD_DISK)) {
            attached.add(resource.substring(resource.lastIndexOf('/') + 1));
          }
        }
        default -> {}
      }
    }
    fileOfDisk.values().removeIf(String::isEmpty);
    fileOfDisk.remove("");
    attached.retainAll(fileOfDisk.keySet());
    attached.addAll(fileOfDisk.keySet());
    return attached.stream()
        .findFirst()
        .map(fileOfDisk::get)
        .map(files::get)
        .filter(file -> !file.isEmpty());
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder parser = factory.newDocumentBuilder();
      parser.setErrorHandler(null); // The default one prints.
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the parser of every JDK has this feature", e);
    }
  }

  /** Returns an attribute, in any name space; empty if there is none. */
  private static String attribute(Element element, String name) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      if (name.equals(attribute.getLocalName())) {
        return attribute.getNodeValue();
      }
    }
    return "";
  }

  private static String text(Element element, String child) {
    @Nullable Node found = element.getElementsByTagNameNS("*", child).item(0);
    return found == null ? "" : found.getTextContent().strip();
  }
}
