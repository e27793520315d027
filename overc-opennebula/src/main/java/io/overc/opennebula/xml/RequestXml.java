package io.overc.opennebula.xml;

/** Writes a call. */
final class RequestXml {
  private RequestXml() {}

  static String of(String method, Object... parameters) {
    StringBuilder out = new StringBuilder(512);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodCall><methodName>")
        .append(SafeXml.escape(method))
        .append("</methodName><params>");
    for (Object parameter : parameters) {
      out.append("<param><value>");
      value(parameter, out);
      out.append("</value></param>");
    }
    return out.append("</params></methodCall>").toString();
  }

  private static void value(Object parameter, StringBuilder out) {
    if (parameter instanceof Boolean flag) {
      out.append("<boolean>").append(flag ? 1 : 0).append("</boolean>");
    } else if (parameter instanceof Integer number) {
      out.append("<int>").append(number).append("</int>");
    } else if (parameter instanceof String text) {
      out.append("<string>").append(SafeXml.escape(text)).append("</string>");
    } else {
      throw new IllegalArgumentException("cannot send a " + parameter.getClass().getName());
    }
  }
}
