package io.overc.snapshot;

import io.overc.error.InvalidArgumentException;
import java.util.Optional;

/**
 * Names a snapshot within its store. What it is made of is up to the store: an id is to be kept and
 * handed back, not to be taken apart.
 *
 * @param text one or more parts separated by slashes, at most 255 characters; each part begins with
 *     an ASCII letter or digit and goes on with those and {@code . _ - @ + :}
 */
public record SnapshotId(String text) {
  private static final int LONGEST = 255;
  private static final String MARKS = "._@+:-";

  /**
   * Checks the id.
   *
   * @param text the id as text
   * @throws InvalidArgumentException if no snapshot can have it
   */
  public SnapshotId {
    if (!valid(text)) {
      throw new InvalidArgumentException(
          "Invalid snapshot id '"
              + SubjectNames.shown(text)
              + "': expected letters, digits and . _ - @ + : /, each part beginning with a letter"
              + " or a digit");
    }
  }

  /**
   * {@return the id that a person or a program names}
   *
   * @param text what {@link #toString} returned
   * @throws InvalidArgumentException if no snapshot can have it
   */
  public static SnapshotId of(String text) {
    return new SnapshotId(text);
  }

  /**
   * Reads what may be an id, such as the name of a file or a line that a tool printed.
   *
   * @param text any text
   * @return the id, or empty if no snapshot can have it
   */
  public static Optional<SnapshotId> parse(String text) {
    return valid(text) ? Optional.of(new SnapshotId(text)) : Optional.empty();
  }

  // By hand: a pattern took half of the time of listing a thousand snapshots.
  private static boolean valid(String text) {
    boolean begins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean slash = c == '/';
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && (begins || (!slash && MARKS.indexOf(c) < 0))) {
        return false;
      }
      begins = slash;
    }
    return !begins && text.length() <= LONGEST;
  }

  /** {@return the text that {@link #of} reads} */
  @Override
  public String toString() {
    return text;
  }
}
