package io.overc.internal.net;

import java.util.regex.Pattern;

/** Shows addresses without what they may hold of secrets. */
public final class Urls {
  // A password may hold an at sign, which some programs do not encode.
  private static final Pattern USER = Pattern.compile("\\b([A-Za-z][\\w+.-]*://)[^\\s/?#]*@");
  private static final Pattern QUERY =
      Pattern.compile("\\b([A-Za-z][\\w+.-]*://[^\\s?#]*)[?#]\\S*");

  private Urls() {}

  /** Replaces user, password, query and fragment of every address in a text. */
  public static String shown(String text) {
    if (!text.contains("://")) {
      return text;
    }
    return QUERY.matcher(USER.matcher(text).replaceAll("$1***@")).replaceAll("$1?***");
  }
}
