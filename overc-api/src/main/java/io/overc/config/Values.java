package io.overc.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the text of a value into what it stands for; messages say what was expected. */
final class Values {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMGT]?)");
  private static final Pattern ARGUMENT = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

  private Values() {}

  static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path", e);
    }
  }

  static String choice(String value, List<String> words) {
    if (!words.contains(value)) {
      throw new IllegalArgumentException("expected one of " + String.join(", ", words));
    }
    return value;
  }

  static boolean flag(String value) {
    return choice(value, List.of("true", "false")).equals("true");
  }

  static int number(String value, int min, int max) {
    String expected = "expected a whole number from " + min + " to " + max;
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
    throw new IllegalArgumentException(expected);
  }

  static Duration duration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a time such as 500ms, 30s, 5m, 2h or 7d");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  static long size(String value) {
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected a size in bytes such as 4096, 64K, 10M or 2G");
    }
    String unit = matcher.group(2);
    int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit) + 1;
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a size below 8 exbibytes", e);
    }
  }

  static List<String> list(String value) {
    return Stream.of(value.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
  }

  static List<String> arguments(String value) {
    List<String> arguments = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(value);
    while (matcher.find()) {
      arguments.add(matcher.group().replace("\"", ""));
    }
    if (value.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw new IllegalArgumentException("expected every double quote to be closed");
    }
    return List.copyOf(arguments);
  }
}
