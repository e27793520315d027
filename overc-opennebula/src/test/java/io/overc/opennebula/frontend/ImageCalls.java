package io.overc.opennebula.frontend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Answers the calls about one image. */
final class ImageCalls {
  private static final int USE = 8;
  private static final int MANAGE = 4;
  private static final String REFUSED = "&|:\\\";/'#{}$<>";

  private final Cloudlet cloud;

  ImageCalls(Cloudlet cloud) {
    this.cloud = cloud;
  }

  Object answer(int uid, String what, Call call) throws Refusal {
    if (what.equals("allocate")) {
      return allocate(uid, call);
    }
    Image image = cloud.image(call.number(1));
    boolean reads = what.equals("info");
    if (!cloud.may(uid, image, reads ? USE : MANAGE)) {
      throw new Refusal(
          Refusal.AUTHORIZATION,
          "User [%d] : Not authorized to perform %s IMAGE [%d]."
              .formatted(uid, reads ? "USE" : "MANAGE", image.id));
    }
    return switch (what) {
      case "info" -> {
        copy(image);
        yield image.xml(cloud);
      }
      case "update" -> update(image, call);
      case "rename" -> rename(image, call.text(2));
      case "chown" -> chown(uid, image, call.number(2), call.number(3));
      case "chmod" -> chmod(image, call);
      case "enable" -> enable(image, call.text(2).equals("1"));
      case "delete" -> delete(image);
      default -> throw new IllegalStateException(what);
    };
  }

  private int allocate(int uid, Call call) throws Refusal {
    Map<String, String> template = TemplateText.parse(call.text(1));
    int datastore = call.number(2);
    if (!cloud.datastores.containsKey(datastore)) {
      throw Refusal.missing("datastore", datastore);
    }
    String path = template.getOrDefault("PATH", "");
    long size = size(path, template.getOrDefault("SIZE", ""));
    if (cloud.full) {
      throw new Refusal(Refusal.ACTION, "Not enough space in datastore");
    }
    String name = template.getOrDefault("NAME", "");
    check(name);
    int holder = cloud.holder(uid, name, -1);
    if (holder >= 0) {
      throw new Refusal(
          Refusal.ALLOCATE,
          "Error allocating a new image. NAME is already taken by IMAGE " + holder + ".");
    }
    int gid = cloud.groupOfUser.getOrDefault(uid, 1);
    Image image = new Image(cloud.nextImage++, uid, gid, name);
    image.bits = 0777 & ~cloud.umask;
    image.type = template.getOrDefault("TYPE", "OS").equals("DATABLOCK") ? 2 : 0;
    image.path = path;
    image.megabytes = size;
    image.datastore = datastore;
    image.registered = System.currentTimeMillis() / 1000;
    image.format = template.getOrDefault("FORMAT", "raw");
    image.looks = cloud.looksWhileLocked;
    image.template.putAll(template);
    image.template.keySet().removeAll(Set.of("NAME", "PATH", "TYPE", "SIZE", "FORMAT"));
    image.template.putIfAbsent("DEV_PREFIX", "sd");
    cloud.images.put(image.id, image);
    cloud.onAllocate.accept(Path.of(path));
    if (image.looks == 0) {
      finish(image);
    }
    return image.id;
  }

  private long size(String path, String size) throws Refusal {
    if (path.isEmpty()) {
      if (!size.matches("\\d+")) {
        throw new Refusal(
            Refusal.INTERNAL, "Cannot parse image SIZE: Wrong number or missing SIZE attribute.");
      }
      return Long.parseLong(size);
    }
    if (!cloud.files.containsKey(path) && !Files.exists(Path.of(path))) {
      throw new Refusal(Refusal.INTERNAL, "Cannot parse image SIZE: File not found");
    }
    return 1;
  }

  private static void check(String name) throws Refusal {
    if (name.length() > 128 || name.isEmpty()) {
      throw new Refusal(Refusal.INTERNAL, "Invalid NAME, max length is 128 chars.");
    }
    if (name.chars().anyMatch(c -> REFUSED.indexOf(c) >= 0)) {
      throw new Refusal(Refusal.INTERNAL, "Invalid NAME, it contains invalid characters.");
    }
  }

  /** Each look at an image that is copied brings it nearer to its end. */
  void copy(Image image) {
    if (image.state == Image.LOCKED && --image.looks < 0) {
      finish(image);
    }
  }

  private void finish(Image image) {
    boolean safe = cloud.safe.stream().anyMatch(image.path::startsWith);
    String problem =
        !cloud.failCopies.isEmpty()
            ? cloud.failCopies
            : !safe
                ? "Error copying image in the datastore: Not allowed to copy image file "
                    + image.path
                : "";
    if (problem.isEmpty()) {
      image.to(Image.READY);
    } else {
      image.to(Image.ERROR);
      image.template.put("ERROR", problem);
    }
  }

  private int update(Image image, Call call) throws Refusal {
    Map<String, String> template = TemplateText.parse(call.text(2));
    if (call.number(3) == 0) {
      image.template.clear();
    }
    image.template.putAll(template);
    return image.id;
  }

  private int rename(Image image, String name) throws Refusal {
    check(name);
    int holder = cloud.holder(image.uid, name, image.id);
    if (holder >= 0) {
      throw new Refusal(
          Refusal.ACTION,
          "Image cannot be renamed to " + name + " because it collides with Image " + holder);
    }
    image.name = name;
    return image.id;
  }

  private int chown(int caller, Image image, int uid, int gid) throws Refusal {
    if (uid >= 0 && !cloud.users.containsKey(uid)) {
      throw Refusal.missing("user", uid);
    }
    if (gid >= 0 && !cloud.groups.containsKey(gid)) {
      throw Refusal.missing("group", gid);
    }
    if (!cloud.isAdmin(caller)) {
      throw new Refusal(
          Refusal.AUTHORIZATION,
          "User [%d] : Not authorized to perform MANAGE IMAGE [%d].".formatted(caller, image.id));
    }
    if (uid >= 0 && cloud.taken(uid, image.name, image.id)) {
      throw new Refusal(
          Refusal.INTERNAL,
          "User [" + uid + "] already owns IMAGE " + cloud.holder(uid, image.name, image.id));
    }
    image.uid = uid >= 0 ? uid : image.uid;
    image.gid = gid >= 0 ? gid : image.gid;
    return image.id;
  }

  private static int chmod(Image image, Call call) {
    int bits = 0;
    for (int i = 0; i < 9; i++) {
      int bit = call.number(2 + i);
      bits = bits * 2 + (bit < 0 ? (image.bits >> (8 - i)) & 1 : bit);
    }
    image.bits = bits;
    return image.id;
  }

  private static int enable(Image image, boolean enable) throws Refusal {
    boolean possible =
        image.state == Image.READY || image.state == Image.DISABLED || image.state == Image.ERROR;
    if (!possible) {
      throw new Refusal(
          Refusal.INTERNAL,
          "Could not %s image: Image cannot be in state %s."
              .formatted(enable ? "enable" : "disable", image.state()));
    }
    image.to(enable ? Image.READY : Image.DISABLED);
    return image.id;
  }

  private int delete(Image image) throws Refusal {
    if (!image.machines.isEmpty()) {
      throw new Refusal(
          Refusal.ACTION,
          "Cannot delete image. There are " + image.machines.size() + " VMs using it.");
    }
    cloud.images.remove(image.id);
    return image.id;
  }
}
