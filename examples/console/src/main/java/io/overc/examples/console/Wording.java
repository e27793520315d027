package io.overc.examples.console;

import io.overc.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes values the way people read them. */
public final class Wording {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Wording() {}

  /**
   * Writes a time span.
   *
   * @param span the time span
   * @return for example {@code 0.4 s}, {@code 42 s}, {@code 3 min 05 s} or {@code 2 h 10 min}
   */
  public static String duration(Duration span) {
    long seconds = span.toSeconds();
    if (span.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /**
   * Writes a size.
   *
   * @param bytes the size in bytes
   * @return for example {@code 512 B}, {@code 1.5 KiB} or {@code 20 MiB}
   */
  public static String bytes(long bytes) {
    double size = bytes;
    String unit = "B";
    for (int i = 0; size >= 1024 && i < UNITS.length; i++) {
      size /= 1024;
      unit = UNITS[i];
    }
    String format = size < 10 && !unit.equals("B") ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, size, unit);
  }

  /**
   * Writes a point in time in the local time zone.
   *
   * @param instant the point in time
   * @return for example {@code 2026-11-21 14:05:09}
   */
  public static String time(Instant instant) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .format(instant.atZone(ZoneId.systemDefault()));
  }

  /**
   * Writes a constant.
   *
   * @param constant the constant
   * @return its name in lower case with blanks, for example {@code upgrade pending}
   */
  public static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Writes a count with its noun.
   *
   * @param count how many
   * @param noun the singular of a noun that takes an s
   * @return for example {@code 1 package} or {@code 3 packages}
   */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /** Replaces what would move the cursor or change the terminal. */
  static String printable(String line) {
    return line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cc}", " ");
  }

  static String step(int step) {
    return "[" + step + "] ";
  }

  static String amount(Event.Progressed progressed) {
    long done = progressed.done();
    boolean known = progressed.total().isPresent();
    long total = progressed.total().orElse(0);
    return switch (progressed.unit()) {
      case BYTES -> known ? bytes(done) + " of " + bytes(total) : bytes(done);
      case ITEMS -> known ? done + " of " + total : String.valueOf(done);
      case PERCENT -> done + " %";
    };
  }
}
