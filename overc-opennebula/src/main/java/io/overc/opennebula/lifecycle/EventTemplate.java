package io.overc.opennebula.lifecycle;

import io.overc.opennebula.disk.PreparedDisk;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes the template under which a version is registered. */
final class EventTemplate {
  private EventTemplate() {}

  static Map<String, String> of(Version version, PreparedDisk disk, Settings settings) {
    Map<String, String> template = new LinkedHashMap<>();
    template.put("NAME", version.names().pending(version.sha512()));
    template.put("PATH", disk.file().toString());
    template.put("TYPE", "OS");
    settings.formatAttributes().forEach(name -> template.put(name, disk.format().tool()));
    version.event().find("DC_DESCRIPTION").ifPresent(text -> template.put("DESCRIPTION", text));
    template.putAll(settings.attributes());
    version
        .event()
        .attributes()
        .forEach(
            (name, value) -> {
              String attribute = name.toUpperCase(Locale.ROOT);
              if (attribute.matches("[A-Z0-9_]+")) {
                template.put(attribute, value);
              }
            });
    template.put(Marks.STATE, Marks.PENDING);
    return template;
  }
}
