package io.overc.opennebula.frontend;

import static io.overc.opennebula.frontend.Image.cdata;
import static io.overc.opennebula.frontend.Image.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers the calls about everything but one image. */
final class PoolCalls {
  private static final int USE = 8;

  private final Cloudlet cloud;
  private final ImageCalls images;

  PoolCalls(Cloudlet cloud, ImageCalls images) {
    this.cloud = cloud;
    this.images = images;
  }

  Object answer(int uid, Call call) throws Refusal {
    return switch (call.method()) {
      case "one.system.version" -> "6.8.3";
      case "one.datastorepool.info" -> datastores();
      case "one.userpool.info" -> users();
      case "one.grouppool.info" -> groups();
      case "one.imagepool.info" -> pool(uid, call.number(1), call.number(2), call.number(3));
      case "one.group.allocate" -> {
        cloud.groups.put(cloud.nextGroup, call.text(1));
        yield cloud.nextGroup++;
      }
      case "one.user.allocate" -> user(call);
      case "one.host.allocate" -> 0;
      case "one.vm.allocate" -> machine(TemplateText.parse(call.text(1).replace("DISK=[", "")));
      case "one.vm.action" -> terminate(call.number(2));
      default -> throw new IllegalStateException(call.method());
    };
  }

  private int user(Call call) {
    cloud.users.put(cloud.nextUser, call.text(1));
    cloud.passwords.put(call.text(1), call.text(2));
    cloud.groupOfUser.put(cloud.nextUser, cloud.nextGroup - 1);
    return cloud.nextUser++;
  }

  private int machine(Map<String, String> template) throws Refusal {
    Image image = cloud.image(Integer.parseInt(template.getOrDefault("IMAGE_ID", "-1")));
    image.machines.add(cloud.nextMachine);
    image.to(Image.USED);
    return cloud.nextMachine++;
  }

  private int terminate(int machine) {
    for (Image image : cloud.images.values()) {
      if (image.machines.remove(machine) && image.machines.isEmpty()) {
        image.to(Image.READY);
      }
    }
    return machine;
  }

  private String pool(int uid, int filter, int start, int end) {
    List<Image> found = new ArrayList<>();
    for (Image image : cloud.images.descendingMap().values()) {
      boolean own = image.uid == uid;
      boolean group = Integer.valueOf(image.gid).equals(cloud.groupOfUser.get(uid));
      boolean meant = filter == -2 ? cloud.may(uid, image, USE) : filter == -1 ? own || group : own;
      if (meant) {
        found.add(image);
      }
    }
    if (start >= 0 && end < -1) {
      int from = Math.min(start, found.size());
      found = found.subList(from, Math.min(from - end, found.size()));
    }
    StringBuilder out = new StringBuilder("<IMAGE_POOL>");
    for (Image image : found) {
      images.copy(image);
      out.append(image.xml(cloud));
    }
    return out.append("</IMAGE_POOL>").toString();
  }

  private String groups() {
    StringBuilder out = new StringBuilder("<GROUP_POOL>");
    cloud.groups.forEach(
        (id, name) -> {
          out.append("<GROUP>");
          element(out, "ID", id);
          element(out, "NAME", name);
          out.append("<TEMPLATE></TEMPLATE><USERS></USERS></GROUP>");
        });
    return out.append("</GROUP_POOL>").toString();
  }

  private String users() {
    StringBuilder out = new StringBuilder("<USER_POOL>");
    cloud
        .users
        .descendingMap()
        .forEach(
            (id, name) -> {
              int gid = cloud.groupOfUser.getOrDefault(id, 1);
              out.append("<USER>");
              element(out, "ID", id);
              element(out, "GID", gid);
              out.append("<GROUPS><ID>").append(gid).append("</ID></GROUPS>");
              element(out, "GNAME", cloud.groups.get(gid));
              element(out, "NAME", name);
              element(out, "PASSWORD", cdata("0"));
              element(out, "AUTH_DRIVER", cdata(id == 1 ? "server_cipher" : "core"));
              out.append("<ENABLED>1</ENABLED><TEMPLATE>");
              element(out, "TOKEN_PASSWORD", cdata("0"));
              out.append("</TEMPLATE></USER><QUOTAS>");
              element(out, "ID", id);
              out.append(quotas()).append("</QUOTAS>");
            });
    return out.append("<DEFAULT_USER_QUOTAS>")
        .append(quotas())
        .append("</DEFAULT_USER_QUOTAS></USER_POOL>")
        .toString();
  }

  private static String quotas() {
    return "<DATASTORE_QUOTA></DATASTORE_QUOTA><NETWORK_QUOTA></NETWORK_QUOTA><VM_QUOTA></VM_QUOTA><IMAGE_QUOTA></IMAGE_QUOTA>";
  }

  private String datastores() {
    StringBuilder out = new StringBuilder("<DATASTORE_POOL>");
    cloud.datastores.descendingMap().forEach((id, name) -> out.append(DatastoreText.of(id, name)));
    return out.append("</DATASTORE_POOL>").toString();
  }
}
