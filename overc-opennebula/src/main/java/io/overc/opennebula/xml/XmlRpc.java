package io.overc.opennebula.xml;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import org.jspecify.annotations.Nullable;

/** Writes calls and reads answers: arrays become lists, structs maps, and numbers longs. */
final class XmlRpc {
  private XmlRpc() {}

  static String call(String method, Object... parameters) {
    StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.append("<methodCall><methodName>").append(method).append("</methodName><params>");
    for (Object parameter : parameters) {
      out.append("<param><value>").append(written(parameter)).append("</value></param>");
    }
    return out.append("</params></methodCall>").toString();
  }

  private static String written(Object parameter) {
    if (parameter instanceof Boolean flag) {
      return "<boolean>" + (flag ? 1 : 0) + "</boolean>";
    }
    if (parameter instanceof Integer number) {
      return "<int>" + number + "</int>";
    }
    if (parameter instanceof String text) {
      return "<string>" + XmlElements.escape(text) + "</string>";
    }
    throw new IllegalArgumentException("cannot send a " + parameter.getClass().getName());
  }

  /** Returns the value of an answer; a fault becomes an exception. */
  static Object answer(String method, byte[] answer) throws XMLStreamException {
    try (XmlElements elements =
        XmlElements.open(new StreamSource(new ByteArrayInputStream(answer)))) {
      expect("methodResponse", elements.root());
      String kind = elements.child();
      if ("fault".equals(kind)) {
        expect("value", elements.child());
        throw fault(method, value(elements));
      }
      expect("params", kind);
      expect("param", elements.child());
      expect("value", elements.child());
      return value(elements);
    }
  }

  private static OvercException fault(String method, Object value) {
    Object code = value instanceof Map<?, ?> members ? members.get("faultCode") : null;
    Object text = value instanceof Map<?, ?> members ? members.get("faultString") : value;
    return new OvercException(
        "OpenNebula did not understand the call %s (fault %s: %s)"
            .formatted(method, code, Shown.text(String.valueOf(text))),
        Remedy.of(
            Remedy.Action.CONFIGURE,
            "opennebula.endpoint",
            "check that opennebula.endpoint is its XML-RPC endpoint, and that its version is supported"));
  }

  /** Reads the value the walk is in and leaves its element. */
  private static Object value(XmlElements elements) throws XMLStreamException {
    String type = elements.child();
    if (type == null) {
      throw new XMLStreamException("a value without a type");
    }
    Object value =
        switch (type) {
          case "string" -> elements.text();
          case "i4", "int", "i8" -> number(elements.text());
          case "boolean" -> elements.text().strip().equals("1");
          case "array" -> array(elements);
          case "struct" -> struct(elements);
          default -> throw new XMLStreamException("a value of the type " + type);
        };
    if (elements.child() != null) {
      throw new XMLStreamException("two values in one");
    }
    return value;
  }

  private static List<Object> array(XmlElements elements) throws XMLStreamException {
    expect("data", elements.child());
    List<Object> list = new ArrayList<>();
    for (String name = elements.child(); name != null; name = elements.child()) {
      expect("value", name);
      list.add(value(elements));
    }
    if (elements.child() != null) {
      throw new XMLStreamException("an array with more than data");
    }
    return list;
  }

  private static Map<String, Object> struct(XmlElements elements) throws XMLStreamException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = elements.child(); name != null; name = elements.child()) {
      expect("member", name);
      expect("name", elements.child());
      String key = elements.text();
      expect("value", elements.child());
      members.put(key, value(elements));
      if (elements.child() != null) {
        throw new XMLStreamException("a member with more than a value");
      }
    }
    return members;
  }

  private static long number(String text) throws XMLStreamException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new XMLStreamException("not a number: " + text, e);
    }
  }

  private static void expect(String expected, @Nullable String found) throws XMLStreamException {
    if (!expected.equals(found)) {
      throw new XMLStreamException("expected <" + expected + ">, found <" + found + ">");
    }
  }
}
