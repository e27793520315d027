package io.overc.exec;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Replaces secrets in texts. A secret of several lines is replaced line by line. */
final class Redaction {
  private static final String MASK = "***";

  private static final Redaction NONE = new Redaction(List.of());

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  static Redaction of(Collection<String> secrets) {
    if (secrets.isEmpty()) {
      return NONE; // the usual case, asked four times for each command
    }
    return new Redaction(
        secrets.stream()
            .flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines()))
            .filter(secret -> !secret.isBlank())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  String apply(String text) {
    String safe = text;
    for (String secret : secrets) {
      safe = safe.replace(secret, MASK);
    }
    return safe;
  }

  /** Returns how many characters the longest secret has; 0 when there is none. */
  int longest() {
    return secrets.isEmpty() ? 0 : secrets.get(0).length();
  }
}
