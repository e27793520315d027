package io.overc.opennebula.frontend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Holds the users, groups, datastores, images and machines of a small cloud. */
final class Cloudlet {
  final NavigableMap<Integer, String> users =
      new TreeMap<>(Map.of(0, "oneadmin", 1, "serveradmin"));
  final Map<Integer, Integer> groupOfUser = new HashMap<>(Map.of(0, 0, 1, 0));
  final Map<String, String> passwords = new HashMap<>(Map.of("oneadmin", "PASSWORD"));
  final Map<Integer, String> groups = new HashMap<>(Map.of(0, "oneadmin", 1, "users"));
  final NavigableMap<Integer, String> datastores =
      new TreeMap<>(Map.of(0, "system", 1, "default", 2, "files"));
  final NavigableMap<Integer, Image> images = new TreeMap<>();
  final Map<String, Long> files = new HashMap<>();
  final List<String> safe = new ArrayList<>(List.of("/var/tmp", "/tmp", "/var/lib/vmcatcher"));
  Consumer<Path> onAllocate = path -> {};
  int umask = 0177;
  int looksWhileLocked;
  String failCopies = "";
  boolean full;
  int nextImage;
  int nextMachine;
  int nextGroup = 100;
  int nextUser = 2;

  boolean isAdmin(int uid) {
    return uid == 0 || Integer.valueOf(0).equals(groupOfUser.get(uid));
  }

  boolean may(int uid, Image image, int right) {
    if (isAdmin(uid)) {
      return true;
    }
    int bit = right >> 1;
    return (image.uid == uid && (image.bits & (bit << 6)) != 0)
        || (Integer.valueOf(image.gid).equals(groupOfUser.get(uid))
            && (image.bits & (bit << 3)) != 0)
        || (image.bits & bit) != 0;
  }

  Image image(int id) throws Refusal {
    Image image = images.get(id);
    if (image == null) {
      throw Refusal.missing("image", id);
    }
    return image;
  }

  boolean taken(int uid, String name, int except) {
    return holder(uid, name, except) >= 0;
  }

  int holder(int uid, String name, int except) {
    return images.values().stream()
        .filter(i -> i.uid == uid && i.name.equals(name) && i.id != except)
        .mapToInt(i -> i.id)
        .findFirst()
        .orElse(-1);
  }
}
