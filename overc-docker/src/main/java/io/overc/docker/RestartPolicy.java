package io.overc.docker;

/** Checks restart policies. */
final class RestartPolicy {
  private RestartPolicy() {}

  static String check(String text) {
    if (!text.matches("no|always|unless-stopped|on-failure(:\\d{1,5})?")) {
      throw new IllegalArgumentException(
          "expected no, always, unless-stopped, on-failure or on-failure:COUNT");
    }
    return text;
  }
}
