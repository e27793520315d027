package io.overc.opennebula.frontend;

import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Turns a call into an answer, byte for byte like a real front-end. */
final class Answers {
  private static final Set<String> IMAGE =
      Set.of("allocate", "info", "update", "rename", "chown", "chmod", "enable", "delete");
  private static final Set<String> OTHERS =
      Set.of(
          "one.system.version",
          "one.datastorepool.info",
          "one.userpool.info",
          "one.grouppool.info",
          "one.imagepool.info",
          "one.group.allocate",
          "one.user.allocate",
          "one.host.allocate",
          "one.vm.allocate",
          "one.vm.action");

  private final Cloudlet cloud;
  private final ImageCalls images;
  private final PoolCalls pools;

  Answers(Cloudlet cloud) {
    this.cloud = cloud;
    this.images = new ImageCalls(cloud);
    this.pools = new PoolCalls(cloud, images);
  }

  String answer(byte[] body) {
    Call call;
    try {
      call = Call.parse(body);
    } catch (XMLStreamException e) {
      return fault(
          -503,
          "Call XML not a proper XML-RPC call.  Call is not valid XML.  Invalid XML \"content\".  Problem with token at '...': no element found");
    }
    String image =
        call.method().startsWith("one.image.")
            ? call.method().substring("one.image.".length())
            : "";
    if (!IMAGE.contains(image) && !OTHERS.contains(call.method())) {
      return fault(-506, "Method '" + call.method() + "' not defined");
    }
    try {
      int uid = user(call.text(0));
      Object value = image.isEmpty() ? pools.answer(uid, call) : images.answer(uid, image, call);
      return params("<value><boolean>1</boolean></value>\n" + value(value) + number(0));
    } catch (Refusal e) {
      return refusal(call.method(), e);
    }
  }

  private int user(String session) throws Refusal {
    String name = session.substring(0, Math.max(0, session.indexOf(':')));
    String password = session.substring(session.indexOf(':') + 1);
    if (password.equals(cloud.passwords.get(name))) {
      return cloud.users.entrySet().stream()
          .filter(user -> user.getValue().equals(name))
          .findFirst()
          .orElseThrow()
          .getKey();
    }
    throw new Refusal(Refusal.AUTHENTICATION, "User couldn't be authenticated, aborting call.");
  }

  static String refusal(String method, Refusal e) {
    return params(
        "<value><boolean>0</boolean></value>\n"
            + value("[" + method + "] " + e.getMessage())
            + number(e.code)
            + number(e.object)
            + "<value><i8>-1</i8></value>\n");
  }

  static String fault(int code, String text) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodResponse>\n<fault>\n<value><struct>\n<member><name>faultCode</name>\n"
        + number(code).stripTrailing()
        + "</member>\n<member><name>faultString</name>\n"
        + value(text).stripTrailing()
        + "</member>\n</struct></value>\n</fault>\n</methodResponse>\n";
  }

  private static String params(String values) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodResponse>\n<params>\n<param><value><array><data>\n"
        + values
        + "</data></array></value></param>\n</params>\n</methodResponse>\n";
  }

  private static String number(int number) {
    return "<value><i4>" + number + "</i4></value>\n";
  }

  private static String value(Object value) {
    return value instanceof Integer number
        ? number(number)
        : "<value><string>"
            + String.valueOf(value)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#x0d;")
            + "</string></value>\n";
  }
}
