package io.overc.lxc.snapshot;

import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.PrivateMounts;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.ArchiveCheck;
import io.overc.lxc.disk.Archives;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.layout.MountLines;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Writes a snapshot to a tar.gz and reads it back: one directory with {@code config}, {@code ts},
 * {@code comment} and a whole {@code rootfs}, the layers of an overlay merged, so that it depends
 * on nothing.
 */
public record SnapshotArchive(
    LxcPath path,
    SnapshotFiles files,
    Archives archives,
    Trees trees,
    Removal removal,
    CommandRunner runner,
    SideEffects effects,
    long limit) {
  public void write(LxcSnapshotId id, Path file) {
    Path from = files.require(id);
    ContainerConfig config = ContainerConfig.of(from);
    RootFs root = ContainerCopy.root(config, from);
    String name = id.toString().replace('/', '_');
    Path staging = path.freshSnapshot(name + ".export");
    removal.run(staging);
    try (PrivateMounts mounts = PrivateMounts.open(runner)) {
      Path directory = staging.resolve(name);
      Disk.directories(directory.resolve("rootfs"));
      ContainerConfig whole =
          ContainerConfig.parse(MountLines.withoutShared(config.text()))
              .moved(from, path.snapshot(name));
      Disk.write(
          directory.resolve("config"),
          whole.inDirectory(path.snapshot(name).resolve("rootfs")).text());
      for (String label : List.of("ts", "comment")) {
        if (Files.exists(from.resolve(label))) {
          Files.copy(from.resolve(label), directory.resolve(label));
        }
      }
      mounts.root(root, directory.resolve("rootfs"), true);
      mounts.overlays(config, directory.resolve("rootfs"), true);
      effects.run("pack", () -> archives.pack(directory, file, mounts.inside()));
    } catch (IOException e) {
      throw Disk.failed("write " + file, e);
    } finally {
      Cancellation.shielded(() -> removal.run(staging));
    }
  }

  public Snapshot read(Path file, String subject, Operation operation) {
    operation.step("check " + file);
    Set<String> top = ArchiveCheck.run(file, limit);
    if (top.size() != 1) {
      throw new VerificationException(
          file + " is not an exported snapshot: expected one directory in it, found " + top.size());
    }
    operation.step("unpack " + file);
    LxcSnapshotId id = files.next(subject);
    Path staging = path.freshSnapshot(id + ".import");
    removal.run(staging);
    try {
      Disk.directories(staging);
      effects.run("unpack", () -> archives.unpack(file, staging, List.of()));
      Path directory = staging.resolve(top.iterator().next());
      check(file, directory);
      ContainerConfig config = ContainerConfig.of(directory);
      if (config.text().contains("lxc.hook.")) {
        operation.warn(
            "The config in %s runs programs of this machine (lxc.hook): read it before you start what you restore"
                .formatted(file));
      }
      Path target = path.snapshot(id.toString());
      Disk.write(directory.resolve("config"), config.inDirectory(target.resolve("rootfs")).text());
      if (!Files.isRegularFile(directory.resolve("ts"))) {
        files.label(directory, Disk.readLossless(directory.resolve("comment")));
      }
      trees.sync(directory);
      effects.run("name snapshot", () -> Disk.rename(directory, target));
      return files.describe(id);
    } finally {
      Cancellation.shielded(() -> removal.run(staging));
    }
  }

  /** A link in the place of one of these would be followed when it is read or written. */
  private static void check(Path file, Path directory) {
    boolean whole =
        Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(directory.resolve("config"), LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(directory.resolve("rootfs"), LinkOption.NOFOLLOW_LINKS)
            && !Files.isSymbolicLink(directory.resolve("ts"))
            && !Files.isSymbolicLink(directory.resolve("comment"));
    if (!whole) {
      throw new VerificationException(
          file + " is not an exported snapshot: expected a directory with config and rootfs in it");
    }
  }
}
