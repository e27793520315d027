package io.overc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which provider could not be loaded, and why.
 *
 * @param name its class, as far as known
 * @param why what went wrong
 */
record FailedProvider(String name, String why) {
  private static final Pattern PROVIDER = Pattern.compile("[\\w.$]+: (?:Provider )?([\\w.$]+) .*");

  static FailedProvider of(Throwable e) {
    String message = String.valueOf(e.getMessage());
    Matcher matcher = PROVIDER.matcher(message);
    Throwable cause = e.getCause();
    return new FailedProvider(
        matcher.matches() ? matcher.group(1) : "an unknown class",
        cause == null ? e.getClass().getSimpleName() + ": " + message : message + ": " + cause);
  }
}
