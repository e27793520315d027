package io.overc.examples.overc;

import java.util.Arrays;
import java.util.List;

/** Reads names as they were always written: {@code /web/}, {@code /essential,base/}. */
final class OverlayNames {
  private OverlayNames() {}

  /** Reads the name of a container, which may have slashes around it. */
  static String container(String text) {
    return stripped(text);
  }

  /** Reads names of sources, divided by commas. */
  static List<String> sources(List<String> texts) {
    return parts(texts).stream().map(OverlayNames::stripped).toList();
  }

  /** Reads directories, divided by commas; each is absolute, with or without its first slash. */
  static List<String> directories(List<String> texts) {
    return parts(texts).stream().map(text -> text.startsWith("/") ? text : "/" + text).toList();
  }

  private static List<String> parts(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .filter(part -> !part.isEmpty() && !part.equals("/"))
        .toList();
  }

  private static String stripped(String text) {
    int start = text.startsWith("/") ? 1 : 0;
    int end = text.length() - (text.length() > start && text.endsWith("/") ? 1 : 0);
    return text.substring(start, end);
  }
}
