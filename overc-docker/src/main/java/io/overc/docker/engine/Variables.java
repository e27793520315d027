package io.overc.docker.engine;

import io.overc.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the variables of the environment out of options of {@code docker create}: their values may
 * be secrets, and arguments are in the process list and in messages.
 *
 * @param options the other options, in order
 * @param lines the variables with a value, in order, as a file of {@code --env-file} has them
 */
record Variables(List<String> options, List<String> lines) {
  /** Before the short option there may be others that take no value. */
  private static final Pattern OPTION = Pattern.compile("(?s)(?:--env|-([itP]*)e)(?:=?(.*))");

  static Variables of(List<String> all) {
    List<String> options = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (Iterator<String> i = all.iterator(); i.hasNext(); ) {
      String option = i.next();
      Matcher matcher = OPTION.matcher(option);
      if (!matcher.matches() || option.startsWith("--env-")) {
        options.add(option);
        continue;
      }
      String given = matcher.group(2);
      String variable = given.isEmpty() && i.hasNext() ? i.next() : given;
      String flags = matcher.group(1);
      if (flags != null && !flags.isEmpty()) {
        options.add("-" + flags);
      }
      if (variable.contains("=")) {
        lines.add(checked(variable));
      } else {
        options.add("--env=" + variable); // From the environment of this process.
      }
    }
    return new Variables(List.copyOf(options), List.copyOf(lines));
  }

  private static String checked(String variable) {
    if (variable.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw new InvalidArgumentException(
          "The value of the variable %s has a line end: a container cannot be given it"
              .formatted(variable.substring(0, variable.indexOf('='))));
    }
    return variable;
  }
}
