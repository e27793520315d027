package io.overc.opennebula.lifecycle;

import io.overc.error.InvalidArgumentException;
import io.overc.opennebula.xml.Shown;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The names that an image has in turn: temporary while it is copied, then the {@code
 * dc:identifier}, then that with a time stamp.
 *
 * @param identifier the {@code dc:identifier}
 * @param ending what ends the time stamp
 */
record Names(String identifier, String ending) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST = 128;
  private static final String REFUSED = "&|:\\\";/'#{}$<>";

  /** Room for {@code _EXPIRED_}, the time stamp, and a number that makes it unique. */
  private static final int ROOM = "_EXPIRED_".length() + 19 + 11;

  Names {
    int longest = LONGEST - ROOM - ending.length();
    if (identifier.length() > longest) {
      throw new InvalidArgumentException(
          "The dc:identifier '%s' is too long: with a time stamp it must fit into %d characters, so it may have %d"
              .formatted(Shown.text(identifier), LONGEST, longest));
    }
    if (!identifier.equals(identifier.strip())
        || identifier.isEmpty()
        || identifier.chars().anyMatch(Names::refused)) {
      throw new InvalidArgumentException(
          "The dc:identifier '%s' cannot be the name of an image in OpenNebula: it may not be empty, begin or end with blanks, or hold control characters or any of %s"
              .formatted(Shown.text(identifier), REFUSED));
    }
  }

  private static boolean refused(int c) {
    return c < 0x20 || c == 0x7f || REFUSED.indexOf(c) >= 0;
  }

  /** The same for every handler, so that two of them cannot register the same version twice. */
  String pending(String sha512) {
    return identifier + "_NEW_" + sha512.substring(0, 12);
  }

  String retired(Instant when) {
    return identifier + "_" + STAMP.format(when) + ending;
  }

  String expired(Instant when) {
    return identifier + "_EXPIRED_" + STAMP.format(when) + ending;
  }
}
