package io.overc.servicepack;

import io.overc.error.InvalidArgumentException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a port that a service listens on.
 *
 * @param number from 1 to 65535
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record Port(int number, String protocol) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:/(tcp|udp|sctp))?");

  /**
   * Checks the number and the protocol.
   *
   * @param number from 1 to 65535
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}
   */
  public Port {
    if (number < 1 || number > 65535 || !FORM.matcher(number + "/" + protocol).matches()) {
      throw new InvalidArgumentException(
          "'"
              + number
              + "/"
              + protocol
              + "' is an invalid port: expected 1 to 65535 and tcp, udp or sctp");
    }
  }

  /**
   * {@return the port that a text says}
   *
   * @param text for example {@code 3306} or {@code 53/udp}; without a protocol it is tcp
   * @throws InvalidArgumentException if it is no port
   */
  public static Port parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidArgumentException(
          "'"
              + text
              + "' is an invalid port: expected a number, or a number and /tcp, /udp or /sctp");
    }
    String protocol = matcher.group(2);
    return new Port(Integer.parseInt(matcher.group(1)), protocol == null ? "tcp" : protocol);
  }

  /** {@return the port as {@link #parse} reads it, for example {@code 3306/tcp}} */
  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
