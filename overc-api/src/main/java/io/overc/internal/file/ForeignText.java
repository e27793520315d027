package io.overc.internal.file;

import io.overc.internal.linux.RawPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Understands text that others wrote, as {@link BoundedFiles#latin} reads it: each character is one
 * byte, in no encoding that is known.
 */
public final class ForeignText {
  private ForeignText() {}

  public static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public static String latin(String text) {
    return latin(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String latin(Path path) {
    return latin(RawPath.bytes(path));
  }

  public static Path path(String latin) {
    return RawPath.of(bytes(latin));
  }

  /**
   * Undoes how the kernel writes blanks and the like in mountinfo: a backslash and three octal
   * digits.
   */
  public static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      if (isEscape(field, i)) {
        text.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }

  private static boolean isEscape(String field, int at) {
    return field.charAt(at) == '\\'
        && at + 3 < field.length()
        && isDigit(field.charAt(at + 1), '3')
        && isDigit(field.charAt(at + 2), '7')
        && isDigit(field.charAt(at + 3), '7');
  }

  private static boolean isDigit(char c, char most) {
    return c >= '0' && c <= most;
  }

  /** Writes a text for people; what is no UTF-8, and control characters, as {@code \xff}. */
  public static String shown(String latin) {
    return shown(bytes(latin));
  }

  public static String shown(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; ) {
      int length = lengthOf(bytes[i]);
      String one = i + length <= bytes.length ? decoded(bytes, i, length) : "";
      if (one.isEmpty() || Character.isISOControl(one.codePointAt(0))) {
        text.append("\\x%02x".formatted(bytes[i]));
        i++;
      } else {
        text.append(one);
        i += length;
      }
    }
    return text.toString();
  }

  private static int lengthOf(byte first) {
    int value = first & 0xff;
    return value < 0xc0 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
  }

  // Returns one character, or nothing if it is none.
  private static String decoded(byte[] bytes, int at, int length) {
    try {
      ByteBuffer one = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, at + length));
      return StandardCharsets.UTF_8.newDecoder().decode(one).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }
}
