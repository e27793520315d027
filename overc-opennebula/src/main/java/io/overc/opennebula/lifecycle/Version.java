package io.overc.opennebula.lifecycle;

import io.overc.image.ImageEvent;
import io.overc.image.IncompleteEventException;
import io.overc.opennebula.cloud.CloudImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Names one version of an image.
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
      throw new IllegalArgumentException(
          "SL_CHECKSUM_SHA512 is '" + sha512 + "': expected 128 hexadecimal digits");
    }
    String size = event.required("HV_SIZE").strip();
    if (!size.matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          "HV_SIZE is '" + size + "': expected a whole number of bytes");
    }
    Names names = new Names(event.identifier(), ending);
    return new Version(event, names, sha512, Long.parseLong(size), event.file());
  }

  String identifier() {
    return names.identifier();
  }

  boolean isOf(CloudImage image) {
    return image
        .find(Marks.CHECKSUM)
        .filter(text -> text.strip().toLowerCase(Locale.ROOT).equals(sha512))
        .isPresent();
  }

  /**
   * A name for files made of this image, without anything a list could put into it. All versions
   * have the same, so that a newer one clears away what an abandoned one left.
   */
  String key() {
    return UUID.nameUUIDFromBytes(identifier().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
