package io.overc.lxc.share;

import io.overc.error.InvalidArgumentException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.internal.linux.Printable;
import io.overc.lxc.layout.OverlayMount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks the names of directories that are to be shared, and spells them in one way. */
public final class DirectoryNames {
  /** LXC mounts these itself at each start. */
  private static final Set<String> OF_LXC = Set.of("dev", "proc", "sys");

  private DirectoryNames() {}

  /** Returns directories without doubled slashes and slashes at the end; refuses nested ones. */
  public static List<String> check(List<String> directories) {
    if (directories.isEmpty()) {
      throw new InvalidArgumentException("No directory is named: name at least one, as /usr/share");
    }
    Set<String> checked = new LinkedHashSet<>();
    directories.forEach(directory -> checked.add(check(directory)));
    for (String one : checked) {
      refuseNested(one, checked);
    }
    return List.copyOf(checked);
  }

  /** Refuses a directory that is within one of others, or around one. */
  public static void refuseNested(String directory, Iterable<String> others) {
    for (String other : others) {
      if (directory.startsWith(other + "/") || other.startsWith(directory + "/")) {
        boolean within = directory.length() > other.length();
        throw new RefusedException(
            Guard.OTHER,
            "Cannot share %s and %s: the one is within the other".formatted(directory, other),
            Remedy.other("share %s only".formatted(within ? other : directory)));
      }
    }
  }

  private static String check(String directory) {
    if (!directory.startsWith("/")) {
      throw bad(directory, "it must be absolute, as the container sees it");
    }
    if (directory.chars().anyMatch(Character::isISOControl)) {
      throw bad(directory, "it has a control character in it, which a config cannot say");
    }
    if (OverlayMount.fitsNoOption(directory)) {
      throw bad(directory, "mount options cannot say a comma or a quote; share the one above it");
    }
    List<String> parts = new ArrayList<>();
    for (String part : directory.split("/", -1)) {
      if (part.equals(".") || part.equals("..")) {
        throw bad(directory, "write it without '" + part + "'");
      }
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      throw bad(directory, "the root of a container cannot be shared; name directories in it");
    }
    if (OF_LXC.contains(parts.get(0))) {
      throw bad(directory, "LXC mounts /" + parts.get(0) + " itself");
    }
    return "/" + String.join("/", parts);
  }

  private static InvalidArgumentException bad(String directory, String why) {
    return new InvalidArgumentException(
        "'%s' cannot be shared: %s".formatted(Printable.line(directory), why));
  }
}
