package io.overc.lxc.operation;

import io.overc.event.Operation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.IdMap;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.ArchiveCheck;
import io.overc.lxc.disk.Archives;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.lxc.disk.Trees;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Prepares a container from the image of a template, with the config that it has or will have. */
public record ImageUnpacking(
    LxcPath path,
    ImageFile image,
    Path defaults,
    Archives archives,
    Trees trees,
    Subvolumes subvolumes,
    SideEffects effects) {
  /** Unpacks the image into a directory that is to become a container. */
  void prepare(String name, boolean present, Path staging, Operation operation) {
    Path archive = image.require();
    Path container = path.container(name);
    ContainerConfig before =
        present
            ? ContainerConfig.of(container)
            : ContainerConfig.parse(Disk.readLossless(defaults).orElse(""));
    ContainerConfig config =
        before.activated(image.template().name(), name, container.resolve("rootfs"));
    operation.step("unpack " + archive);
    ArchiveCheck.run(archive, image.limit());
    effects.run("unpack", () -> unpack(archive, staging, container, config, present));
  }

  private void unpack(
      Path archive, Path fresh, Path container, ContainerConfig config, boolean present) {
    Path root = fresh.resolve("rootfs");
    try {
      Disk.closedDirectory(fresh);
      IdMap.admit(fresh, config, trees);
      if (config.root().filter(before -> before.kind() == RootFs.Kind.BTRFS).isPresent()) {
        subvolumes.create(root);
      } else {
        Disk.directories(root);
      }
      if (present) {
        keepFiles(container, fresh);
      }
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw Disk.failed("prepare " + fresh, e);
    }
    List<String> mapped = IdMap.wrapper(config);
    if (!mapped.isEmpty()) {
      trees.own(root, mapped);
    }
    archives.unpack(archive, root, mapped);
    Disk.draft(fresh.resolve("config"), config.text());
  }

  /** What a container has beside its root, such as an fstab that its config names, stays. */
  private void keepFiles(Path container, Path fresh) {
    List<Path> files =
        Disk.list(container).stream()
            .filter(Files::isRegularFile)
            .filter(file -> isKept(String.valueOf(file.getFileName())))
            .toList();
    trees.copy(files, fresh, List.of());
  }

  private static boolean isKept(String name) {
    return !name.equals("config")
        && !name.startsWith("lxc_")
        && !name.startsWith("overc_")
        && !name.endsWith(".log");
  }
}
