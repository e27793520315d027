package io.overc.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a snapshot by its subject and the time at which it was made: {@code
 * web@20261121T093000.120Z}. So a directory of snapshots needs no index, and the id of a deleted
 * snapshot does not come back.
 *
 * <p>For stores that choose their ids themselves.
 *
 * @param subject what was snapshotted, see {@link #checkSubject}
 * @param created when, in milliseconds
 */
public record SnapshotId(String subject, Instant created) {
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern ID =
      Pattern.compile(
          "(" + SUBJECT + ")@(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)\\.(\\d{3})Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);

  /**
   * Checks the subject and cuts the time to milliseconds.
   *
   * @param subject what was snapshotted, see {@link #checkSubject}
   * @param created when, in milliseconds
   * @throws IllegalArgumentException if the subject is no name
   */
  public SnapshotId {
    checkSubject(subject);
    created = created.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Checks the name of a subject: 1 to 128 letters, digits, dots, underscores and hyphens of ASCII,
   * the first a letter or a digit. So it is one part of a path and no option of a tool.
   *
   * @param name the name
   * @return the name
   * @throws IllegalArgumentException if it is none
   */
  public static String checkSubject(String name) {
    if (!SUBJECT.matcher(name).matches()) {
      String shown = name.length() <= 40 ? name : name.substring(0, 40) + "\u2026";
      throw new IllegalArgumentException(
          "'%s' is no name: use 1 to 128 letters, digits, dots, underscores and hyphens, the first a letter or a digit"
              .formatted(shown.replaceAll("\\p{Cntrl}", "?")));
    }
    return name;
  }

  /**
   * Reads an id.
   *
   * @param text what {@link #toString} returned
   * @return the id, or empty if the text is none
   */
  public static Optional<SnapshotId> parse(String text) {
    Matcher matcher = ID.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      // By hand: a formatter takes most of the time of listing a thousand snapshots.
      LocalDateTime time =
          LocalDateTime.of(
              number(matcher, 2),
              number(matcher, 3),
              number(matcher, 4),
              number(matcher, 5),
              number(matcher, 6),
              number(matcher, 7),
              1_000_000 * number(matcher, 8));
      return Optional.of(new SnapshotId(matcher.group(1), time.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /**
   * Returns the id as text.
   *
   * @return one part of a path
   */
  @Override
  public String toString() {
    return subject + "@" + TIME.format(created);
  }
}
