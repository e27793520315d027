package io.overc.opennebula.lifecycle;

import io.overc.error.InvalidArgumentException;
import io.overc.image.ImageEvent;
import io.overc.image.IncompleteEventException;
import io.overc.opennebula.cloud.CloudImage;
import io.overc.opennebula.disk.DiskPreparation.PreparedDisk;
import io.overc.opennebula.xml.Shown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One version of an image.
 *
 * @param event the event that brings it
 * @param names the names it goes through
 * @param sha512 the checksum of its file, in lower case
 * @param size how many bytes its file has
 * @param file its file
 */
record Version(ImageEvent event, Names names, String sha512, long size, Path file) {

  static Version of(ImageEvent event, String ending) {
    List<String> missing =
        Stream.of("DC_IDENTIFIER", "SL_CHECKSUM_SHA512", "HV_SIZE")
            .filter(name -> event.find(name).isEmpty())
            .map(name -> ImageEvent.PREFIX + name)
            .toList();
    if (!missing.isEmpty()) {
      throw new IncompleteEventException(event.typeName(), missing);
    }
    String sha512 = event.required("SL_CHECKSUM_SHA512").strip().toLowerCase(Locale.ROOT);
    if (!sha512.matches("[0-9a-f]{128}")) {
      throw new InvalidArgumentException(
          "SL_CHECKSUM_SHA512 is '" + Shown.text(sha512) + "': expected 128 hexadecimal digits");
    }
    String size = event.required("HV_SIZE").strip();
    if (!size.matches("\\d{1,18}")) {
      throw new InvalidArgumentException(
          "HV_SIZE is '" + Shown.text(size) + "': expected a whole number of bytes");
    }
    Names names = new Names(event.identifier(), ending);
    return new Version(event, names, sha512, Long.parseLong(size), event.file());
  }

  String identifier() {
    return names.identifier();
  }

  boolean isOf(CloudImage image) {
    return image
        .find(ImageAttributes.CHECKSUM)
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).equals(sha512))
        .isPresent();
  }

  boolean isOffered(CloudImage current) {
    return isOf(current) && current.state().complete();
  }

  /** Returns the template under which the version is registered. */
  Map<String, String> template(PreparedDisk disk, SiteOptions options) {
    Map<String, String> template = new LinkedHashMap<>();
    template.put("NAME", names.pending(sha512));
    template.put("PATH", disk.file().toString());
    template.put("TYPE", "OS");
    options.formatAttributes.forEach(name -> template.put(name, disk.format().tool()));
    event.find("DC_DESCRIPTION").ifPresent(text -> template.put("DESCRIPTION", text));
    template.putAll(options.attributes);
    event
        .attributes()
        .forEach(
            (name, value) -> {
              String attribute = name.toUpperCase(Locale.ROOT);
              if (attribute.matches("[A-Z0-9_]+")) {
                template.put(attribute, value);
              }
            });
    template.put(ImageAttributes.STATE, ImageAttributes.PENDING);
    return template;
  }

  /**
   * Returns a name for files made from this image, without anything a list could put into it. All
   * versions have the same, so that a newer one removes what an abandoned one left.
   */
  String key() {
    return UUID.nameUUIDFromBytes(identifier().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
