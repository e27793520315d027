package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a disk would boot: the tree that each entry brings up, and whether its kernel belongs to it.
 *
 * @param roots the trees by the name of their subvolume
 * @param next the name of the default subvolume
 * @param modules the kernels for which each root has modules
 * @param kernels the release of each kernel file
 */
record HostImage(
    Map<String, Map<String, String>> roots,
    String next,
    Map<String, Set<String>> modules,
    Map<String, String> kernels) {

  static HostImage of(Lab lab, HostDisk disk) {
    Map<String, String> kernels = new TreeMap<>();
    for (String name : List.of("bzImage", "bzImage_bakup")) {
      read(disk.boot().resolve(name))
          .ifPresent(text -> kernels.put(name, text.strip().replace("kernel ", "")));
    }
    return disk.atTop(
        top -> {
          Map<String, Map<String, String>> roots = new TreeMap<>();
          Map<String, Set<String>> modules = new TreeMap<>();
          for (Path root : roots(top)) {
            String name = root.getFileName().toString();
            roots.put(name, tree(root));
            modules.put(name, kernels(root));
          }
          return new HostImage(roots, defaultSubvolume(lab, top), modules, kernels);
        });
  }

  /**
   * Holds the promise: what boots is a whole system, each kernel with a root that belongs to it.
   */
  void assertBootable(Set<Map<String, String>> systems, boolean backupExpected) {
    assertThat(systems).as("the default root " + next + " is whole").contains(roots.get(next));
    assertThat(modules.get(next))
        .as("the kernel of the normal entry belongs to " + next)
        .contains(kernels.get("bzImage"));
    if (backupExpected) {
      assertThat(systems).as("the backup root is whole").contains(roots.get("rootfs_bakup"));
      assertThat(modules.get("rootfs_bakup"))
          .as("the kernel of the backup entry belongs to the backup root")
          .contains(kernels.get("bzImage_bakup"));
    }
  }

  boolean hasBackup() {
    return roots.containsKey("rootfs_bakup");
  }

  Set<Map<String, String>> systems() {
    return new HashSet<>(roots.values());
  }

  private static String defaultSubvolume(Lab lab, Path top) {
    String line = lab.run("ask", "btrfs", "subvolume", "get-default", top).stdout().strip();
    return line.substring(line.indexOf(" path ") + " path ".length());
  }

  private static List<Path> roots(Path top) {
    try (Stream<Path> entries = Files.list(top)) {
      return entries.filter(path -> path.getFileName().toString().startsWith("rootfs")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file with its content, but for the modules: those come and go with kernels. */
  private static Map<String, String> tree(Path root) {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith("lib/modules")) {
          tree.put(name, describe(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tree;
  }

  private static String describe(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "-> " + Files.readSymbolicLink(file);
    }
    return Files.isDirectory(file)
        ? "directory"
        : Files.size(file) + " bytes " + java.util.Arrays.hashCode(Files.readAllBytes(file));
  }

  private static Set<String> kernels(Path root) {
    Path modules = root.resolve("lib/modules");
    if (!Files.isDirectory(modules)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(modules)) {
      Set<String> found = new HashSet<>();
      entries
          .filter(kernel -> Files.exists(kernel.resolve("modules.order")))
          .forEach(kernel -> found.add(kernel.getFileName().toString()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
