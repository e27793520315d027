package io.overc.docker.build;

import java.security.SecureRandom;

/**
 * Generates secrets.
 *
 * @param length how many characters
 * @param alphabet what they are chosen from, each with the same probability
 */
public record SecretGenerator(int length, String alphabet) {
  private static final SecureRandom RANDOM = new SecureRandom();

  String generate() {
    return RANDOM
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .reduce("", String::concat);
  }

  /** Checks an alphabet that somebody chose. */
  public static String checkAlphabet(String text) {
    boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (!printable || text.chars().distinct().count() != text.length() || text.length() < 10) {
      throw new IllegalArgumentException(
          "expected at least 10 different printable ASCII characters, no blanks");
    }
    return text;
  }
}
