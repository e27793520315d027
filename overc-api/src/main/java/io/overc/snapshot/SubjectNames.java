package io.overc.snapshot;

import io.overc.error.InvalidArgumentException;
import io.overc.internal.linux.Printable;
import java.util.regex.Pattern;

/**
 * The rule for names of what is snapshotted: letters, digits, dots, underscores and hyphens of
 * ASCII, the first a letter or a digit. It is the part that LXC, Docker and file names have in
 * common, so no name is an option of a tool, leaves its directory or means something to a shell.
 */
public final class SubjectNames {
  /** The most characters that a name may have. */
  public static final int MAX_LENGTH = 128;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final int SHOWN = 64;

  private SubjectNames() {}

  /**
   * Checks the name of a subject.
   *
   * @param name the name
   * @return the same name
   * @throws InvalidArgumentException if no subject can have it; says what is allowed
   */
  public static String check(String name) {
    return check("subject", name, MAX_LENGTH);
  }

  /**
   * Checks a name by the same rule where fewer characters are allowed.
   *
   * @param what what has the name, for the message: "container"
   * @param name the name
   * @param most how many characters are allowed
   * @return the same name
   * @throws InvalidArgumentException if it cannot have that name; says what is allowed
   */
  public static String check(String what, String name, int most) {
    if (name.length() > most || !NAME.matcher(name).matches()) {
      throw new InvalidArgumentException(
          "Invalid %s name '%s': expected at most %d letters, digits, dots, underscores and hyphens, the first a letter or a digit"
              .formatted(what, shown(name), most));
    }
    return name;
  }

  /** Returns an invalid name in a form that can be printed. */
  static String shown(String text) {
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "\u2026";
    return Printable.line(start);
  }
}
