package io.overc.lxc.container;

import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a tool as the root of an unprivileged container sees files: with the id mapping that the
 * container's {@code lxc.idmap} lines say. Whoever runs this is mapped too, to the first free id,
 * so that the tool may use what belongs to its caller: the directory of the container, the image.
 */
public final class IdMap {
  private static final Path SELF = Path.of("/proc/self");
  private static final Pattern MAP =
      Pattern.compile("([ug])\\s+([0-9]{1,10})\\s+([0-9]{1,10})\\s+([0-9]{1,10})");

  private IdMap() {}

  /**
   * Returns what to put in front of a tool that makes files; nothing for a privileged container.
   */
  public static List<String> wrapper(ContainerConfig config) {
    List<String> words = new ArrayList<>();
    long[] free = {0, 0};
    for (String value : config.values("lxc.idmap")) {
      Matcher map = MAP.matcher(value);
      if (map.matches()) {
        words.addAll(List.of("-m", value.replaceAll("\\s+", ":")));
        int kind = map.group(1).equals("u") ? 0 : 1;
        free[kind] =
            Math.max(free[kind], Long.parseLong(map.group(2)) + Long.parseLong(map.group(4)));
      }
    }
    if (words.isEmpty()) {
      return List.of();
    }
    words.addAll(List.of("-m", "u:%d:%d:1".formatted(free[0], own("unix:uid"))));
    words.addAll(List.of("-m", "g:%d:%d:1".formatted(free[1], own("unix:gid"))));
    words.add(0, "lxc-usernsexec");
    words.add("--");
    return words;
  }

  /** Returns what to put in front of a tool that copies or removes files: root needs nothing. */
  static List<String> unlessRoot(ContainerConfig config) {
    return own("unix:uid") == 0 ? List.of() : wrapper(config);
  }

  /**
   * Lets the root user of a container into its directory, which is closed to others: by the group,
   * as lxc-create does.
   */
  public static void admit(Path directory, ContainerConfig config, Trees trees) {
    List<String> wrapper = wrapper(config);
    if (wrapper.isEmpty()) {
      return;
    }
    OptionalInt group = rootGroup(config);
    if (own("unix:uid") != 0 || group.isEmpty()) {
      trees.group(directory, wrapper);
      return;
    }
    try {
      Files.setAttribute(directory, "unix:gid", group.getAsInt());
    } catch (IOException e) {
      throw Disk.failed("let the container's root into " + directory, e);
    }
  }

  private static OptionalInt rootGroup(ContainerConfig config) {
    for (String value : config.values("lxc.idmap")) {
      Matcher map = MAP.matcher(value);
      if (map.matches() && map.group(1).equals("g") && map.group(2).equals("0")) {
        return OptionalInt.of((int) Long.parseLong(map.group(3)));
      }
    }
    return OptionalInt.empty();
  }

  private static int own(String attribute) {
    try {
      return (int) Files.getAttribute(SELF, attribute);
    } catch (IOException e) {
      throw Disk.failed("find out who runs this", e);
    }
  }
}
