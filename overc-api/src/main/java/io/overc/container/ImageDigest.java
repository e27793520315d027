package io.overc.container;

import io.overc.error.InvalidArgumentException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what an image hashes to.
 *
 * @param algorithm how
 * @param hex the hash, in lower-case hexadecimal digits
 */
public record ImageDigest(Algorithm algorithm, String hex) {

  /** Names a way to hash. */
  public enum Algorithm {
    /** SHA-256: 64 hexadecimal digits. */
    SHA256("SHA-256", 64),
    /** SHA-512: 128 hexadecimal digits. */
    SHA512("SHA-512", 128);

    private final String standardName;
    private final int digits;

    Algorithm(String standardName, int digits) {
      this.standardName = standardName;
      this.digits = digits;
    }

    /**
     * {@return the name that {@link java.security.MessageDigest} knows, for example {@code
     * SHA-256}}
     */
    public String standardName() {
      return standardName;
    }
  }

  /**
   * Checks the digits and makes them lower case.
   *
   * @param algorithm how
   * @param hex the hash, in hexadecimal digits
   */
  public ImageDigest {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
      throw new InvalidArgumentException(
          "Invalid %s '%s': expected %d hexadecimal digits"
              .formatted(algorithm.standardName, hex, algorithm.digits));
    }
  }

  /**
   * {@return the digest that a text says}
   *
   * @param text for example {@code sha256:0b1f…} or {@code sha512:…}
   * @throws InvalidArgumentException if the text is invalid; says what was expected
   */
  public static ImageDigest parse(String text) {
    Map<String, Algorithm> known =
        Stream.of(Algorithm.values())
            .collect(Collectors.toMap(a -> a.name().toLowerCase(Locale.ROOT), a -> a));
    int colon = text.indexOf(':');
    Algorithm algorithm = colon < 0 ? null : known.get(text.substring(0, colon));
    if (algorithm == null) {
      throw new InvalidArgumentException(
          "Invalid digest '" + text + "': expected sha256: or sha512: and hexadecimal digits");
    }
    return new ImageDigest(algorithm, text.substring(colon + 1));
  }

  /** {@return the text that {@link #parse} reads, for example {@code sha256:0b1f…}} */
  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex;
  }
}
