package io.overc.lxc;

import io.overc.container.ActivateResult;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.lxc.archive.ArchiveCheck;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.IdMap;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.image.ImageFile;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Brings a container up from the template's image, takes it back, and deletes it. */
final class Activation {
  private final LxcTools tools;
  private final Template template;
  private final ImageFile image;

  Activation(LxcTools tools, Template template, ImageFile image) {
    this.tools = tools;
    this.template = template;
    this.image = image;
  }

  ActivateResult run(String name, WhenActive whenActive, Operation operation) {
    boolean present = tools.path.present(name);
    Path container = tools.path.container(name);
    if (present) {
      if (whenActive == WhenActive.REFUSE && tools.instance.runs(name)) {
        throw active("activate", name);
      }
      tools.dependents.refuse("replace", name, container.resolve("rootfs"));
      warnOfSharing(name, container, operation);
    } else if (Disk.exists(container)) {
      throw new RefusedException(
          "Cannot create %s: %s is there and is no container; move it away"
              .formatted(name, container));
    }
    prepare(name, present, operation);
    Optional<String> keep =
        present ? Optional.of(tools.snapshots.next(name).toString()) : Optional.empty();
    tools.replacement.run(name, true, keep, operation);
    return new ActivateResult(
        name, present ? ActivateResult.Outcome.REPLACED : ActivateResult.Outcome.CREATED, keep);
  }

  private void warnOfSharing(String name, Path container, Operation operation) {
    List<String> shared =
        tools.sharing.shared(container).stream().map(what -> what.directory()).toList();
    if (!shared.isEmpty()) {
      operation.warn(
          "The new %s will have %s of its own; share them again (overc container overlay)"
              .formatted(name, String.join(", ", shared)));
    }
    List<String> queued =
        tools.sharing.pending(container).stream()
            .flatMap(change -> change.directories().stream())
            .toList();
    if (!queued.isEmpty()) {
      operation.warn(
          "What is queued for %s of %s ends with the old root"
              .formatted(String.join(", ", queued), name));
    }
  }

  private void prepare(String name, boolean present, Operation operation) {
    Path archive = image.need();
    Path fresh = tools.path.fresh(name);
    Path container = tools.path.container(name);
    ContainerConfig before =
        present
            ? ContainerConfig.of(container)
            : ContainerConfig.parse(Disk.readLossless(tools.settings.config()).orElse(""));
    ContainerConfig config = before.activated(template.name(), name, container.resolve("rootfs"));
    operation.step("unpack " + archive);
    ArchiveCheck.run(archive, tools.settings.imageLimit());
    tools.effects.run(
        "unpack",
        () -> {
          unpack(archive, fresh, container, config, present);
        });
  }

  private void unpack(
      Path archive, Path fresh, Path container, ContainerConfig config, boolean present) {
    Path root = fresh.resolve("rootfs");
    try {
      Disk.directories(fresh);
      if (config.root().filter(before -> before.kind() == RootFs.Kind.BTRFS).isPresent()) {
        tools.subvolumes.create(root);
      } else {
        Disk.directories(root);
      }
      if (present) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(container));
        keepFiles(container, fresh);
      }
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw Disk.failed("prepare " + fresh, e);
    }
    List<String> mapped = IdMap.wrapper(config);
    if (!mapped.isEmpty()) {
      tools.trees.own(root, mapped);
    }
    tools.archives.unpack(archive, root, mapped);
    Disk.write(fresh.resolve("config"), config.text());
    tools.trees.sync(fresh);
  }

  /** What a container has beside its root, such as an fstab that its config names, stays. */
  private void keepFiles(Path container, Path fresh) {
    List<Path> files =
        Disk.list(container).stream()
            .filter(file -> Files.isRegularFile(file))
            .filter(
                file -> {
                  String name = String.valueOf(file.getFileName());
                  return !name.equals("config")
                      && !name.startsWith("lxc_")
                      && !name.endsWith(".log");
                })
            .toList();
    tools.trees.copy(files, fresh, List.of());
  }

  boolean delete(String name, WhenActive whenActive, Operation operation) {
    Path container = tools.path.container(name);
    tools.dependents.refuse("delete", name, container.resolve("rootfs"));
    List<Snapshot> own =
        tools.snapshots.list(name).stream()
            .filter(snapshot -> tools.snapshots.inContainer(LxcSnapshotId.parse(snapshot.id())))
            .toList();
    if (!own.isEmpty()) {
      throw new RefusedException(
          "Cannot delete %s: the snapshots %s are in its directory; delete them first (overc container delete_snapshots)"
              .formatted(name, String.join(", ", own.stream().map(s -> s.id().text()).toList())));
    }
    if (tools.instance.runs(name)) {
      if (whenActive == WhenActive.REFUSE) {
        throw active("delete", name);
      }
      operation.step("stop " + name);
      tools.effects.run("stop", () -> tools.instance.stop(name));
    }
    operation.step("delete " + name);
    Optional<Path> base = tools.dependents.base(container);
    tools.removal.run(tools.path.trash(name));
    tools.effects.run("discard", () -> Disk.rename(container, tools.path.trash(name)));
    tools.removal.run(tools.path.trash(name));
    tools.dependents.unregister(container, base);
    return true;
  }

  static RefusedException active(String verb, String name) {
    return new RefusedException(
        "Cannot %s %s: it is active; stop it first, or allow it to be stopped (-f)"
            .formatted(verb, name));
  }
}
