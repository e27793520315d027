package io.overc.spi;

import io.overc.error.InvalidArgumentException;
import io.overc.internal.time.Poll;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SubjectNames;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * The ids of stores that choose them themselves: a snapshot is named by its subject and the time at
 * which it was made, {@code web@20261121T093000.120Z}. So a directory of snapshots needs no index,
 * and the id of a deleted snapshot does not come back.
 *
 * @param subject what was snapshotted, see {@link SubjectNames}
 * @param created when, in milliseconds
 */
public record TimestampId(String subject, Instant created) implements Comparable<TimestampId> {
  private static final int MOST_MILLIS = 50;
  private static final String TIME = "@00000000T000000.000Z";

  /**
   * Checks the subject and cuts the time to milliseconds.
   *
   * @param subject what was snapshotted, see {@link SubjectNames}
   * @param created when, in milliseconds
   * @throws io.overc.error.InvalidArgumentException if the name of the subject is invalid
   */
  public TimestampId {
    SubjectNames.check(subject);
    created = created.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * {@return the id of the next snapshot: later than all others, even if the clock was set back}
   *
   * @param subject what is snapshotted
   * @param others the ids that are taken, of any subject
   * @param now the time
   */
  public static TimestampId next(String subject, Collection<TimestampId> others, Instant now) {
    TimestampId wanted = new TimestampId(subject, now);
    return others.stream()
        .filter(id -> id.subject.equals(subject))
        .map(TimestampId::created)
        .max(Comparator.naturalOrder())
        .filter(last -> !last.isBefore(wanted.created))
        .map(last -> new TimestampId(subject, last.plusMillis(1)))
        .orElse(wanted);
  }

  /**
   * Reads an id.
   *
   * @param text what {@link #toString} returned
   * @return the id, or empty if the text is none
   */
  public static Optional<TimestampId> parse(String text) {
    int at = text.length() - TIME.length();
    if (at < 0 || !endsWithTime(text, at)) {
      return Optional.empty();
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(text, at + 1, 4),
              number(text, at + 5, 2),
              number(text, at + 7, 2),
              number(text, at + 10, 2),
              number(text, at + 12, 2),
              number(text, at + 14, 2),
              1_000_000 * number(text, at + 17, 3));
      return Optional.of(new TimestampId(text.substring(0, at), time.toInstant(ZoneOffset.UTC)));
    } catch (DateTimeException | InvalidArgumentException e) {
      return Optional.empty();
    }
  }

  // Read and written by hand: a formatter and a pattern of the whole take most of the time of
  // listing a thousand snapshots.
  private static boolean endsWithTime(String text, int at) {
    for (int i = 0; i < TIME.length(); i++) {
      char c = text.charAt(at + i);
      char expected = TIME.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int begin, int digits) {
    return Integer.parseInt(text, begin, begin + digits, 10);
  }

  /**
   * Waits until the clock is past this id, so that it does not come back even if the snapshot is
   * deleted at once. Only for as long as snapshots that follow one another need; a clock that was
   * set back is not waited for.
   *
   * @param clock from which the next id is made
   * @throws io.overc.error.InterruptedOperationException if the thread is interrupted
   */
  public void waitUntilPast(Clock clock) {
    for (int i = 0; i < MOST_MILLIS; i++) {
      long ahead = created.toEpochMilli() - clock.millis();
      if (ahead < 0 || ahead > MOST_MILLIS) {
        return;
      }
      Poll.pause(Duration.ofMillis(1), "the next millisecond");
    }
  }

  @Override
  public int compareTo(TimestampId other) {
    int bySubject = subject.compareTo(other.subject);
    return bySubject != 0 ? bySubject : created.compareTo(other.created);
  }

  /** {@return the id for users} */
  public SnapshotId id() {
    return SnapshotId.of(toString());
  }

  /**
   * {@return the snapshot of this id}
   *
   * @param comment what was said about it
   */
  public Snapshot snapshot(Optional<String> comment) {
    return new Snapshot(subject, id(), Optional.of(created), comment);
  }

  /** {@return the id as text, one part of a path} */
  @Override
  public String toString() {
    LocalDateTime time = LocalDateTime.ofInstant(created, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(subject).append('@');
    digits(text, time.getYear(), 4);
    digits(text, time.getMonthValue(), 2);
    digits(text, time.getDayOfMonth(), 2);
    text.append('T');
    digits(text, time.getHour(), 2);
    digits(text, time.getMinute(), 2);
    digits(text, time.getSecond(), 2);
    text.append('.');
    digits(text, time.getNano() / 1_000_000, 3);
    return text.append('Z').toString();
  }

  private static void digits(StringBuilder text, int number, int count) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < count; i++) {
      text.append('0');
    }
    text.append(digits);
  }
}
