package io.overc.opennebula.disk;

import io.overc.opennebula.xml.XmlElements;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds in an OVF description the file of the disk a machine boots from: the one that the first
 * hard disk of the hardware section refers to, else the first of the disk section.
 */
final class OvfDisk {
  private static final String HARD_DISK = "17";

  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> fileOfDisk = new HashMap<>();
  private final List<String> disks = new ArrayList<>();
  private final List<String> attached = new ArrayList<>();

  private OvfDisk() {}

  /** Returns the name of the file, or empty if the description names none. */
  static Optional<String> file(byte[] ovf) throws XMLStreamException {
    OvfDisk found = new OvfDisk();
    try (XmlElements elements = XmlElements.open(new StreamSource(new ByteArrayInputStream(ovf)))) {
      elements.root();
      found.walk(elements);
    }
    String disk =
        found.attached.stream()
            .filter(found.fileOfDisk::containsKey)
            .findFirst()
            .orElse(found.disks.isEmpty() ? "" : found.disks.get(0));
    return Optional.ofNullable(found.fileOfDisk.get(disk)).map(found.files::get);
  }

  private void walk(XmlElements elements) throws XMLStreamException {
    for (String name = elements.child(); name != null; name = elements.child()) {
      switch (name) {
        case "File" -> put(files, elements.attribute("id"), elements.attribute("href"));
        case "Disk" -> disk(elements.attribute("diskId"), elements.attribute("fileRef"));
        default -> {}
      }
      if (name.equals("Item") || name.equals("StorageItem")) {
        item(elements);
      } else {
        walk(elements);
      }
    }
  }

  private void disk(@Nullable String id, @Nullable String file) {
    if (id != null && file != null) {
      disks.add(id);
      fileOfDisk.put(id, file);
    }
  }

  /** Notes a hard disk of the machine; its resource is {@code ovf:/disk/ID}. */
  private void item(XmlElements elements) throws XMLStreamException {
    String type = "";
    String resource = "";
    for (String name = elements.child(); name != null; name = elements.child()) {
      String text = elements.textUnlessNested();
      if (text != null && name.equals("ResourceType")) {
        type = text.strip();
      } else if (text != null && name.equals("HostResource")) {
        resource = text.strip();
      }
    }
    if (type.equals(HARD_DISK)) {
      attached.add(resource.substring(resource.lastIndexOf('/') + 1));
    }
  }

  private static void put(Map<String, String> map, @Nullable String key, @Nullable String value) {
    if (key != null && value != null) {
      map.put(key, value);
    }
  }
}
