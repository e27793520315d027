package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  static final List<String> KERNELS = List.of("bzImage", "bzImage_bakup");

  static HostImage of(Lab lab, HostDisk disk) {
    Map<String, String> kernels = new TreeMap<>();
    for (String name : KERNELS) {
      release(disk.boot().resolve(name)).ifPresent(release -> kernels.put(name, release));
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

  /** Returns the same with what someone else sees of the boot partition. */
  HostImage withKernels(Map<String, String> seen) {
    return new HostImage(roots, next, modules, seen);
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
        : Files.size(file) + " bytes " + Arrays.hashCode(Files.readAllBytes(file));
  }

  private static Set<String> kernels(Path root) {
    Path modules = root.resolve("lib/modules");
    if (!Files.isDirectory(modules)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(modules)) {
      Set<String> found = new HashSet<>();
      entries
          .filter(HostImage::hasModules)
          .forEach(kernel -> found.add(kernel.getFileName().toString()));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasModules(Path kernel) {
    Path order = kernel.resolve("modules.order");
    try {
      return Files.exists(order)
          && Files.readString(order).equals("kernel/lab-" + kernel.getFileName() + ".ko\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the release that a kernel file of the laboratory says it is, if it is wholly that. */
  static Optional<String> release(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      byte[] image = Files.readAllBytes(file);
      String title = new String(image, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
      String release = title.replace("kernel ", "");
      boolean whole =
          Stream.of(LabPackage.fakeKernel(release), LabPackage.bulkyKernel(release))
              .anyMatch(known -> Arrays.equals(known.files().get("/boot/bzImage"), image));
      return Optional.of(whole ? release : "torn: %d bytes of '%s'".formatted(image.length, title));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
