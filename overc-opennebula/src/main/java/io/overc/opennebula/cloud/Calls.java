package io.overc.opennebula.cloud;

import io.overc.error.OvercException;
import io.overc.opennebula.xml.Shown;
import io.overc.opennebula.xml.XmlElements;
import io.overc.opennebula.xml.XmlRpcClient;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/** Makes calls with the session as first parameter, and unwraps OpenNebula's answers. */
final class Calls {
  private final XmlRpcClient client;
  private final String session;

  Calls(XmlRpcClient client, String session) {
    this.client = client;
    this.session = session;
  }

  /** Returns the second value of the answer: the first says whether the call succeeded. */
  Object call(String attempt, String method, Object... parameters) {
    Object answer =
        client.call(method, Stream.concat(Stream.of(session), Stream.of(parameters)).toArray());
    if (answer instanceof List<?> parts
        && parts.size() >= 2
        && parts.get(0) instanceof Boolean succeeded) {
      if (succeeded) {
        return parts.get(1);
      }
      long code = parts.size() > 2 && parts.get(2) instanceof Long number ? number : 0;
      throw new CloudRefusalException(attempt, redact(String.valueOf(parts.get(1))), code);
    }
    throw new OvercException(
        "Could not %s: the answer to %s is not one of OpenNebula".formatted(attempt, method));
  }

  int number(String attempt, String method, Object... parameters) {
    if (call(attempt, method, parameters) instanceof Long number) {
      return number.intValue();
    }
    throw malformed(attempt, method, null);
  }

  /** Lets a function read the document that an answer carries as text. */
  <T> T document(String attempt, Reading<T> reading, String method, Object... parameters) {
    Object text = call(attempt, method, parameters);
    if (!(text instanceof String document)) {
      throw malformed(attempt, method, null);
    }
    try (XmlElements elements = XmlElements.open(new StreamSource(new StringReader(document)))) {
      elements.root();
      return reading.from(elements);
    } catch (XMLStreamException e) {
      throw malformed(attempt, method, e);
    }
  }

  /** Reads a document whose root has been entered. */
  interface Reading<T> {
    T from(XmlElements elements) throws XMLStreamException;
  }

  /** A password that the front-end repeats must not reach a log. */
  private String redact(String text) {
    String password = session.substring(session.indexOf(':') + 1);
    return Shown.text(password.length() < 4 ? text : text.replace(password, "***"));
  }

  private static OvercException malformed(
      String attempt, String method, @Nullable Throwable cause) {
    String why = cause == null ? "" : " (" + Shown.text(String.valueOf(cause.getMessage())) + ")";
    return new OvercException(
        "Could not %s: the answer to %s is malformed%s".formatted(attempt, method, why), cause);
  }
}
