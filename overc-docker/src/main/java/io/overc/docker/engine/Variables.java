package io.overc.docker.engine;

import io.overc.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the variables of the environment out of options of {@code docker create}: their values may
 * be secrets, and arguments are in the process list and in messages.
 *
 * @param options the other options, in order
 * @param lines the variables with a value, in order, as a file of {@code --env-file} has them
 * @param texts those whose value is more than one line, which such a file cannot have
 */
record Variables(List<String> options, List<String> lines, Map<String, String> texts) {
  /** What the command of the engine takes for itself. */
  private static final Pattern ITS_OWN =
      Pattern.compile("PATH|HOME|TMPDIR|LANG|LC_.*|XDG_.*|DOCKER_.*|CONTAINER.*|(?i:.*_proxy)");

  /** Before the short option there may be others that take no value. */
  private static final Pattern OPTION = Pattern.compile("(?s)(?:--env|-([itP]*)e)(?:=?(.*))");

  static Variables of(List<String> all) {
    List<String> options = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
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
      int equals = variable.indexOf('=');
      if (equals >= 0 && variable.chars().anyMatch(c -> c == '\n' || c == '\r')) {
        texts.put(checked(variable.substring(0, equals)), variable.substring(equals + 1));
      } else if (equals >= 0) {
        lines.add(variable);
      } else {
        options.add("--env=" + variable); // From the environment of this process.
      }
    }
    return new Variables(List.copyOf(options), List.copyOf(lines), texts);
  }

  private static String checked(String name) {
    if (ITS_OWN.matcher(name).matches()) {
      throw new InvalidArgumentException(
          "The value of the variable %s has a line end, and would reach the engine's command itself"
              .formatted(name));
    }
    return name;
  }
}
