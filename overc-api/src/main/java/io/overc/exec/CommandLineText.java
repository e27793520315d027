package io.overc.exec;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a command line as a person would type it into a shell, on one line. */
final class CommandLineText {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private CommandLineText() {}

  /** Replaces secrets before quoting, which would tear them apart, and across words after it. */
  static String of(List<String> arguments, Redaction redaction) {
    return redaction.apply(
        arguments.stream()
            .map(argument -> word(redaction.apply(argument)))
            .collect(Collectors.joining(" ")));
  }

  private static String word(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    if (text.chars().noneMatch(Character::isISOControl)) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
    StringBuilder escaped = new StringBuilder("$'");
    text.chars().forEach(c -> escaped.append(escape((char) c)));
    return escaped.append('\'').toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\'', '\\' -> "\\" + c;
      default ->
          Character.isISOControl(c)
              ? String.format(Locale.ROOT, "\\x%02x", (int) c)
              : String.valueOf(c);
    };
  }
}
