package io.overc.servicepack;

import io.overc.error.InvalidArgumentException;
import java.util.regex.Pattern;

/**
 * Names an image: a repository and a tag.
 *
 * @param repository for example {@code mysql} or {@code registry.example.org:5000/team/mysql}
 * @param tag for example {@code latest}
 */
public record ImageTag(String repository, String tag) implements Comparable<ImageTag> {
  private static final String WORD = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY =
      Pattern.compile("(?:[A-Za-z0-9.-]+(?::\\d{1,5})?/)?" + WORD + "(?:/" + WORD + ")*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");

  /**
   * Checks the repository and the tag.
   *
   * @param repository for example {@code mysql} or {@code registry.example.org:5000/team/mysql}
   * @param tag for example {@code latest}
   */
  public ImageTag {
    if (repository.length() > 255 || !REPOSITORY.matcher(repository).matches()) {
      throw new InvalidArgumentException(
          "'"
              + repository
              + "' is an invalid image repository: use lower-case letters, digits and single . _ - between"
              + " them, parts divided by /");
    }
    if (!TAG.matcher(tag).matches()) {
      throw new InvalidArgumentException(
          "'"
              + tag
              + "' is an invalid image tag: use up to 128 letters, digits, _ . - and none of . - in front");
    }
  }

  /**
   * {@return the name that a text says}
   *
   * @param text {@code REPOSITORY} or {@code REPOSITORY:TAG}; without a tag it is {@code latest}
   * @throws InvalidArgumentException if it is none, with what is allowed
   */
  public static ImageTag parse(String text) {
    int colon = text.indexOf(':', text.lastIndexOf('/') + 1);
    return colon < 0
        ? new ImageTag(text, "latest")
        : new ImageTag(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public int compareTo(ImageTag other) {
    return toString().compareTo(other.toString());
  }

  /** {@return the name as {@link #parse} reads it: {@code REPOSITORY:TAG}} */
  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
