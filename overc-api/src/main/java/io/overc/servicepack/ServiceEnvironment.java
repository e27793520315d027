package io.overc.servicepack;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the variables of a running service with their keys filled in.
 *
 * <p>The keys are {@code %IP} (the address of the service; of its first component where there are
 * several), <code>%IP{COMPONENT}</code> (the address of a component) and {@code %NAME} (the name of
 * the service). A key is a percent sign, a capital letter and any capital letters, digits and
 * underscores. What is no key, such as {@code 100%} or {@code %d}, stays as it is; so does a key
 * that nobody knows, but it is reported.
 *
 * @param values values by variable, in the order of the pack
 * @param unknownKeys the keys that stayed, for example {@code %HOSTNAME}; an address that is not
 *     known because the container does not run counts as such
 */
public record ServiceEnvironment(Map<String, String> values, SortedSet<String> unknownKeys) {
  private static final Pattern KEY = Pattern.compile("%[A-Z][A-Z0-9_]*(?:\\{[A-Za-z0-9_.-]+})?");

  /**
   * Copies both.
   *
   * @param values values by variable, in the order of the pack
   * @param unknownKeys the keys that stayed, for example {@code %HOSTNAME}; an address that is not
   *     known because the container does not run counts as such
   */
  public ServiceEnvironment {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    unknownKeys = Collections.unmodifiableSortedSet(new TreeSet<>(unknownKeys));
  }

  /**
   * Fills in the keys.
   *
   * @param variables the variables of the pack
   * @param known gives the value of a key such as {@code %IP}, or empty for one it does not know
   * @return the variables with every known key replaced
   */
  public static ServiceEnvironment resolve(
      Collection<PackVariable> variables, Function<String, Optional<String>> known) {
    Map<String, String> values = new LinkedHashMap<>();
    TreeSet<String> unknown = new TreeSet<>();
    for (PackVariable variable : variables) {
      values.put(variable.name(), fill(variable.template(), known, unknown));
    }
    return new ServiceEnvironment(values, unknown);
  }

  /** {@return the variables as lines {@code NAME=VALUE}, in the order of the pack} */
  public List<String> lines() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static String fill(
      String template, Function<String, Optional<String>> known, TreeSet<String> unknown) {
    Matcher matcher = KEY.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String key = matcher.group();
      Optional<String> value = known.apply(key);
      if (value.isEmpty()) {
        unknown.add(key);
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value.orElse(key)));
    }
    return matcher.appendTail(filled).toString();
  }
}
