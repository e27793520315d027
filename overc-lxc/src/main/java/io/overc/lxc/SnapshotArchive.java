package io.overc.lxc;

import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.lxc.archive.ArchiveCheck;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.PrivateMounts;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.overlay.MountLines;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;

/**
 * Writes a snapshot to a tar.gz and reads it back: one directory with {@code config}, {@code ts},
 * {@code comment} and a whole {@code rootfs}, the layers of an overlay merged, so that it depends
 * on nothing.
 */
final class SnapshotArchive {
  private final LxcTools tools;
  private final SideEffects effects;

  SnapshotArchive(LxcTools tools) {
    this.tools = tools;
    this.effects = tools.effects;
  }

  void write(LxcSnapshotId id, Path file) {
    Path from = tools.snapshots.need(id);
    ContainerConfig config = ContainerConfig.of(from);
    RootFs root = ContainerCopy.root(config, from);
    String name = id.toString().replace('/', '_');
    Path staging = tools.path.freshSnapshot(name + ".export");
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    tools.removal.run(staging);
    try (PrivateMounts mounts = PrivateMounts.open(tools.runner)) {
      Path directory = staging.resolve(name);
      Disk.directories(directory.resolve("rootfs"));
      ContainerConfig whole =
          ContainerConfig.parse(MountLines.withoutShared(config.text()))
              .moved(from, tools.path.snapshot(name));
      Disk.write(
          directory.resolve("config"),
          whole.inDirectory(tools.path.snapshot(name).resolve("rootfs")).text());
      for (String label : List.of("ts", "comment")) {
        if (Files.exists(from.resolve(label))) {
          Files.copy(from.resolve(label), directory.resolve(label));
        }
      }
      mounts.root(root, directory.resolve("rootfs"), true);
      mounts.overlays(config, directory.resolve("rootfs"), true);
      effects.run("pack", () -> tools.archives.pack(directory, part, mounts.inside()));
      effects.run("name archive", () -> Files.move(part, file, StandardCopyOption.ATOMIC_MOVE));
    } catch (IOException e) {
      throw Disk.failed("write " + file, e);
    } finally {
      Disk.delete(part);
      tools.removal.run(staging);
    }
  }

  Snapshot read(Path file, String subject, Operation operation) {
    operation.step("check " + file);
    Set<String> top = ArchiveCheck.run(file, tools.settings.imageLimit());
    if (top.size() != 1) {
      throw new VerificationException(
          file + " is no exported snapshot: expected one directory in it, found " + top.size());
    }
    operation.step("unpack " + file);
    LxcSnapshotId id = tools.snapshots.next(subject);
    Path staging = tools.path.freshSnapshot(id + ".import");
    tools.removal.run(staging);
    try {
      Disk.directories(staging);
      effects.run("unpack", () -> tools.archives.unpack(file, staging, List.of()));
      Path directory = staging.resolve(top.iterator().next());
      check(file, directory);
      ContainerConfig config = ContainerConfig.of(directory);
      if (config.text().contains("lxc.hook.")) {
        operation.warn(
            "The config in %s runs programs of this machine (lxc.hook): read it before you start what you restore"
                .formatted(file));
      }
      Path target = tools.path.snapshot(id.toString());
      Disk.write(directory.resolve("config"), config.inDirectory(target.resolve("rootfs")).text());
      if (!Files.isRegularFile(directory.resolve("ts"))) {
        tools.snapshots.label(directory, Disk.read(directory.resolve("comment")));
      }
      tools.trees.sync(directory);
      effects.run("name snapshot", () -> Disk.rename(directory, target));
      return tools.snapshots.describe(id);
    } finally {
      tools.removal.run(staging);
    }
  }

  /** A link in the place of one of these would be followed when it is read or written. */
  private static void check(Path file, Path directory) {
    boolean whole =
        Files.isDirectory(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(
                directory.resolve("config"), java.nio.file.LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(
                directory.resolve("rootfs"), java.nio.file.LinkOption.NOFOLLOW_LINKS)
            && !Files.isSymbolicLink(directory.resolve("ts"))
            && !Files.isSymbolicLink(directory.resolve("comment"));
    if (!whole) {
      throw new VerificationException(
          file + " is no exported snapshot: expected a directory with config and rootfs in it");
    }
  }
}
