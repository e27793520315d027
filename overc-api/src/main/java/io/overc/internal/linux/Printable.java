package io.overc.internal.linux;

import java.util.regex.Pattern;

/**
 * Text of others in a form that can be shown: on a terminal it neither moves the cursor nor sets
 * the clipboard, and in a line of a log it begins no other.
 */
public final class Printable {
  // Colours, movements of the cursor, titles of windows, the clipboard.
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b[\\]P^_X][^\u0007\u001b]*(\u0007|\u001b\\\\)?");

  // A password may hold an at sign, which some programs do not encode.
  private static final Pattern USER = Pattern.compile("\\b([A-Za-z][\\w+.-]*://)[^\\s/?#]*@");
  private static final Pattern QUERY =
      Pattern.compile("\\b([A-Za-z][\\w+.-]*://[^\\s?#]*)[?#](?!\\*\\*\\*)\\S*");

  private Printable() {}

  /**
   * Returns what a tool said, in one or more lines: a sequence for a terminal is left out, and any
   * other character that is not to be seen is a question mark.
   */
  public static String text(String foreign) {
    return isPlain(foreign, true) ? foreign : of(SEQUENCE.matcher(foreign).replaceAll(""), true);
  }

  /** Returns a name or the like, on one line: each character not to be seen is a question mark. */
  public static String line(String foreign) {
    return isPlain(foreign, false) ? foreign : of(foreign, false);
  }

  /**
   * Returns what we say ourselves of something foreign: as {@link #text}, and without the user,
   * password, query and fragment of any address.
   */
  public static String message(String words) {
    String text = text(words);
    return text.contains("://")
        ? QUERY.matcher(USER.matcher(text).replaceAll("$1***@")).replaceAll("$1?***")
        : text;
  }

  private static boolean isPlain(String text, boolean lines) {
    return text.codePoints().allMatch(c -> isShown(c, lines));
  }

  private static String of(String foreign, boolean lines) {
    StringBuilder text = new StringBuilder(foreign.length());
    foreign.codePoints().forEach(c -> text.appendCodePoint(isShown(c, lines) ? c : '?'));
    return text.toString();
  }

  private static boolean isShown(int c, boolean lines) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> lines && (c == '\n' || c == '\t');
      case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      // Those that turn the direction of what follows show another text than there is.
      case Character.FORMAT -> (c < 0x202a || c > 0x202e) && (c < 0x2066 || c > 0x2069);
      default -> true;
    };
  }
}
