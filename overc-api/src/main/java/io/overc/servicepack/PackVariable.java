package io.overc.servicepack;

import io.overc.error.InvalidArgumentException;

/**
 * Holds one variable that a pack wants its users to know.
 *
 * @param name its name
 * @param template its value as the pack gave it, verbatim (quotes included), in which keys such as
 *     {@code %IP} are still to be filled in; see {@link ServiceEnvironment}
 */
public record PackVariable(String name, String template) {

  /**
   * Checks the name.
   *
   * @param name its name
   * @param template its value as the pack gave it, verbatim (quotes included), in which keys such
   *     as {@code %IP} are still to be filled in; see {@link ServiceEnvironment}
   */
  public PackVariable {
    if (!PackAnswers.VARIABLE.matcher(name).matches()) {
      throw new InvalidArgumentException(
          "'"
              + name
              + "' is an invalid name of an environment variable: use letters, digits and _");
    }
  }

  /** {@return the line of the pack: {@code NAME=TEMPLATE}} */
  @Override
  public String toString() {
    return name + "=" + template;
  }
}
