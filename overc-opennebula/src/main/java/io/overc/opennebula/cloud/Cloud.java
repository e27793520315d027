package io.overc.opennebula.cloud;

import io.overc.opennebula.cloud.Directory.NamedId;
import io.overc.opennebula.xml.XmlElements;
import io.overc.opennebula.xml.XmlRpcClient;
import io.overc.spi.SideEffects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** The calls of OpenNebula that images need. Thread-safe. */
public final class Cloud {
  private static final int ALL_OWNERS = -2;
  private static final int APPEND = 1;
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Z_][A-Z0-9_]*");

  private final Calls calls;
  private final int page;
  private final SideEffects effects;

  /**
   * Prepares calls.
   *
   * @param session {@code user:password}
   * @param page how many images are asked for at once, at least 10
   */
  public Cloud(XmlRpcClient client, String session, int page, SideEffects effects) {
    this.calls = new Calls(client, session);
    this.page = page;
    this.effects = effects;
  }

  public Optional<CloudImage> image(int id) {
    try {
      return Optional.of(
          calls.document("look at image " + id, CloudImage::read, "one.image.info", id));
    } catch (CloudRefusalException e) {
      if (e.reason() == CloudRefusalException.Reason.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Looks at the images of all owners, page by page. Images that are deleted meanwhile move the
   * later ones up, so each page overlaps the one before by a tenth: some images come twice.
   */
  public void images(Consumer<CloudImage> consumer) {
    for (int offset = 0; ; offset += page - page / 10) {
      int count =
          calls.document(
              "list the images",
              elements -> each(elements, consumer),
              "one.imagepool.info",
              ALL_OWNERS,
              offset,
              -page); // An end below -1 is the size of the page.
      if (count < page) {
        return;
      }
    }
  }

  private static int each(XmlElements elements, Consumer<CloudImage> consumer)
      throws XMLStreamException {
    int count = 0;
    while (elements.child() != null) {
      consumer.accept(CloudImage.read(elements));
      count++;
    }
    return count;
  }

  List<NamedId> datastores() {
    return calls.document("list the datastores", Cloud::named, "one.datastorepool.info");
  }

  List<NamedId> users() {
    return calls.document("list the users", Cloud::named, "one.userpool.info");
  }

  List<NamedId> groups() {
    return calls.document("list the groups", Cloud::named, "one.grouppool.info");
  }

  private static List<NamedId> named(XmlElements pool) throws XMLStreamException {
    List<NamedId> found = new ArrayList<>();
    for (String item = pool.child(); item != null; item = pool.child()) {
      Map<String, String> fields = new HashMap<>();
      for (String name = pool.child(); name != null; name = pool.child()) {
        String text = pool.textUnlessNested();
        fields.put(name, text == null ? "" : text);
      }
      if (fields.containsKey("NAME")) {
        try {
          found.add(
              new NamedId(
                  Integer.parseInt(fields.getOrDefault("ID", "")),
                  fields.getOrDefault("NAME", ""),
                  fields.getOrDefault("TYPE", "")));
        } catch (NumberFormatException e) {
          throw new XMLStreamException("an item without a number", e);
        }
      }
    }
    return found;
  }

  /** Registers an image; it is LOCKED until the datastore has copied it. */
  public int allocate(Map<String, String> attributes, int datastore) {
    String attempt = "register image " + attributes.get("NAME") + " in datastore " + datastore;
    int[] id = {-1};
    effects.run(
        "allocate image",
        () -> id[0] = calls.number(attempt, "one.image.allocate", template(attributes), datastore));
    return id[0];
  }

  /** Sets attributes of an image's template; the others stay. */
  public void update(int id, Map<String, String> attributes) {
    change("mark", id, "one.image.update", template(attributes), APPEND);
  }

  public void rename(int id, String name) {
    change("rename", id, "one.image.rename", name);
  }

  /** Gives an image to an owner and a group; -1 keeps the one it has. */
  public void chown(int id, int uid, int gid) {
    change("chown", id, "one.image.chown", uid, gid);
  }

  public void chmod(int id, Permissions permissions) {
    Object[] bits = new Object[9];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = permissions.bit(i);
    }
    change("chmod", id, "one.image.chmod", bits);
  }

  /** Disables an image, so that no machine can be made from it. */
  public void disable(int id) {
    change("disable", id, "one.image.enable", false);
  }

  public void delete(int id) {
    change("delete", id, "one.image.delete");
  }

  /**
   * Writes a template as XML with entities: in OpenNebula's own syntax a quote in a value would
   * begin another attribute, and of a value in several CDATA sections only the first is read.
   */
  private static String template(Map<String, String> attributes) {
    StringBuilder out = new StringBuilder("<TEMPLATE>");
    attributes.forEach(
        (name, value) -> {
          if (!ATTRIBUTE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "'" + name + "' cannot be the name of an attribute: use A to Z, 0 to 9 and _");
          }
          String text = XmlElements.escape(value);
          out.append("<%s>%s</%s>".formatted(name, text, name));
        });
    return out.append("</TEMPLATE>").toString();
  }

  private void change(String what, int id, String method, Object... parameters) {
    Object[] all = new Object[parameters.length + 1];
    all[0] = id;
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    effects.run(what + " image", () -> calls.number(what + " image " + id, method, all));
  }
}
