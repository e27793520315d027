package io.overc.servicepack;

import io.overc.error.InvalidArgumentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds the secrets of one instance by name. {@link #toString} shows the names only, so that a
 * secret does not reach a log by accident. Immutable.
 */
public final class Secrets {
  private static final Secrets NONE = new Secrets(Map.of());
  private static final Pattern ONE_LINE = Pattern.compile("[^\\x00\\r\\n]+");

  private final Map<String, String> values;

  private Secrets(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** {@return the empty secrets} */
  public static Secrets none() {
    return NONE;
  }

  /**
   * Holds secrets.
   *
   * @param values values by name; the order is kept
   * @return the secrets
   * @throws InvalidArgumentException if a name is invalid for an environment variable, or a value
   *     is empty or more than one line; the message does not show the value
   */
  public static Secrets of(Map<String, String> values) {
    values.forEach(Secrets::check);
    return new Secrets(values);
  }

  /** {@return the names, in the order of the pack} */
  public Set<String> names() {
    return values.keySet();
  }

  /** {@return the secrets themselves: values by name, immutable} Take care where you put them. */
  public Map<String, String> values() {
    return values;
  }

  /** {@return the names only, for example {@code Secrets[MYSQL_PASSWORD]}} */
  @Override
  public String toString() {
    return "Secrets" + values.keySet();
  }

  private static void check(String name, String value) {
    if (!PackAnswers.VARIABLE.matcher(name).matches()) {
      throw new InvalidArgumentException("'" + name + "' is an invalid name of a secret");
    }
    if (!ONE_LINE.matcher(value).matches()) {
      throw new InvalidArgumentException(
          "The secret " + name + " must be one line and not empty (its value is not shown)");
    }
  }
}
