package io.overc.lxc.snapshot;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.error.VerificationException;
import io.overc.event.Operation;
import io.overc.exec.CommandRunner;
import io.overc.internal.file.ForeignText;
import io.overc.internal.file.LosslessText;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerCopy;
import io.overc.lxc.container.IdMap;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.PrivateMounts;
import io.overc.lxc.container.Removal;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.ArchiveCheck;
import io.overc.lxc.disk.Archives;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Trees;
import io.overc.lxc.layout.MountLines;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.Trust;
import io.overc.spi.SideEffects;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
    Path defaults,
    long limit) {
  private static final String CONFIG = "config";
  private static final String ROOT = "rootfs";
  private static final String IDS = "lxc.idmap";

  /** All that an export has; what else lies there would say what OverC is to do, or is no use. */
  private static final Set<String> PARTS = Set.of(CONFIG, ROOT, "ts", "comment");

  public void write(LxcSnapshotId id, Path file) {
    Path from = files.require(id);
    ContainerConfig config = ContainerConfig.of(from);
    RootFs root = ContainerCopy.root(config, from);
    String name = id.toString().replace('/', '_');
    Path staging = path.freshSnapshot(name + ".export");
    removal.run(staging);
    try (PrivateMounts mounts = PrivateMounts.open(runner)) {
      Path directory = Disk.closedDirectory(staging.resolve(name));
      Disk.directories(directory.resolve(ROOT));
      ContainerConfig whole =
          ContainerConfig.parse(MountLines.withoutShared(config.text()))
              .moved(from, path.snapshot(name));
      Disk.write(
          directory.resolve(CONFIG), whole.inDirectory(path.snapshot(name).resolve(ROOT)).text());
      for (String label : List.of("ts", "comment")) {
        Disk.readLabel(from.resolve(label))
            .ifPresent(text -> Disk.draft(directory.resolve(label), text));
      }
      mounts.root(root, directory.resolve(ROOT), true);
      mounts.overlays(config, directory.resolve(ROOT), true);
      effects.run("pack", () -> archives.pack(directory, file, mounts.inside()));
    } finally {
      Cancellation.shielded(() -> removal.run(staging));
    }
  }

  /** Makes a snapshot of what an archive has of a snapshot; nothing else of it stays. */
  public Snapshot read(Path file, String subject, ImportOptions options, Operation operation) {
    operation.step("check " + file);
    Set<String> top = ArchiveCheck.run(file, limit);
    if (top.size() != 1) {
      throw noSnapshot(file, "expected one directory in it, found " + top.size());
    }
    operation.step("unpack " + file);
    LxcSnapshotId id = files.next(subject);
    Path target = path.snapshot(id.toString());
    Path staging = path.freshSnapshot(id + ".import");
    removal.run(staging);
    try {
      Path unpacked = Disk.closedDirectory(staging.resolve("in"));
      Path snapshot = Disk.closedDirectory(staging.resolve("out"));
      effects.run("unpack", () -> archives.unpack(file, unpacked, List.of()));
      Path directory = unpacked.resolve(top.iterator().next());
      check(file, directory);
      ContainerConfig config = config(file, directory, options, operation);
      Disk.rename(directory.resolve(ROOT), snapshot.resolve(ROOT));
      Disk.draft(snapshot.resolve(CONFIG), config.inDirectory(target.resolve(ROOT)).text());
      files.label(snapshot, Disk.readLabel(directory.resolve("comment")));
      Disk.readLabel(directory.resolve("ts"))
          .ifPresent(time -> Disk.draft(snapshot.resolve("ts"), time));
      IdMap.admit(snapshot, config, trees);
      trees.sync(snapshot);
      effects.run("name snapshot", () -> Disk.rename(snapshot, target));
      return files.describe(id);
    } finally {
      Cancellation.shielded(() -> removal.run(staging));
    }
  }

  private ContainerConfig config(
      Path file, Path directory, ImportOptions options, Operation operation) {
    String usual = Disk.readLossless(defaults).orElse("");
    String text = Disk.readLossless(directory.resolve(CONFIG)).orElse("");
    ImportedConfig imported = ImportedConfig.of(text, usual, options);
    imported
        .leftOut()
        .forEach(what -> operation.warn("Left out of the config in %s: %s".formatted(file, what)));
    if (imported.config().values(IDS).isEmpty()
        && !ContainerConfig.parse(usual).values(IDS).isEmpty()
        && !options.trusts(Trust.PRIVILEGES)) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot import %s: its container is run by root of this host, but containers here map ids (lxc.idmap in %s)"
              .formatted(file, defaults),
          Remedy.other("export it from a container that maps ids, or trust it with privileges"));
    }
    for (String name : new TreeSet<>(Disk.names(directory))) {
      if (!PARTS.contains(name)) {
        operation.warn(
            "Left out %s of %s: it is no part of a snapshot"
                .formatted(ForeignText.shown(LosslessText.encode(name)), file));
      }
    }
    return imported.config();
  }

  /** A link in the place of one of these would be followed when it is read or written. */
  private static void check(Path file, Path directory) {
    boolean whole =
        Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(directory.resolve(CONFIG), LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(directory.resolve(ROOT), LinkOption.NOFOLLOW_LINKS);
    if (!whole) {
      throw noSnapshot(file, "expected a directory with config and rootfs in it");
    }
  }

  private static VerificationException noSnapshot(Path file, String reason) {
    return new VerificationException(file + " is not an exported snapshot: " + reason);
  }
}
