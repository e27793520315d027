package io.overc.lxc;

import io.overc.container.ContainerNames;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.overlay.MountLines;
import io.overc.lxc.overlay.SharedContainer;
import io.overc.lxc.overlay.Source;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.overlay.OverlaySharing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Knows who may share and with whom, and says why not. */
final class SharingSources {
  private final LxcTools tools;

  SharingSources(LxcTools tools) {
    this.tools = tools;
  }

  /** Returns where a container is that shares, or is to. */
  SharedContainer container(String name) {
    tools.path.need(name);
    Path directory = tools.path.standing(name);
    ContainerConfig config = ContainerConfig.of(directory);
    RootFs root = root("share directories of " + name, config);
    if (root.kind() != RootFs.Kind.DIRECTORY || !root.directory().startsWith(directory)) {
      throw new RefusedException(
          "Cannot share directories of %s: its root is no plain directory in %s, so it cannot be the upper layer of an overlay; make a full copy of it (lxc-copy) and share in that"
              .formatted(name, directory));
    }
    if (!config.values("lxc.idmap").isEmpty()) {
      throw new RefusedException(
          "Cannot share directories of %s: it is unprivileged (lxc.idmap), and may not mount an overlay that honours the owners of files; share in a privileged one"
              .formatted(name));
    }
    return new SharedContainer(name, directory, root.directory());
  }

  /** Refuses a container that others share with, or lie on: they would see it change. */
  void refuseUsed(String name) {
    Path container = tools.path.container(name);
    Set<String> users = new TreeSet<>(tools.sharers.of(container));
    users.addAll(tools.dependents.on(container));
    if (!users.isEmpty()) {
      throw new RefusedException(
          "Cannot change what %s shares: it is itself a source of %s, or what %s on, and overlays in chains are not possible; stop that first, or give %s a full copy"
              .formatted(
                  name,
                  String.join(", ", users),
                  users.size() == 1 ? "that lies" : "they lie",
                  users.size() == 1 ? "it" : "them"));
    }
  }

  List<Source> find(String container, List<String> names) {
    return names.stream().map(name -> find(container, name)).toList();
  }

  private Source find(String container, String name) {
    if (name.equals(OverlaySharing.ESSENTIAL)) {
      return new Source(name, tools.settings.essential());
    }
    if (name.equals(container)) {
      throw new RefusedException(
          "Cannot share directories of %s with itself; name another container, or %s"
              .formatted(name, OverlaySharing.ESSENTIAL));
    }
    if (isContainer(name)) {
      if (tools.instance.runs(name)) {
        throw new RefusedException(
            "Cannot share with %s: it runs, and what it writes would show in %s; stop it, or snapshot it and share with the snapshot (overc container snapshot %s lxc)"
                .formatted(name, container, name));
      }
      return source(name, tools.path.standing(name));
    }
    return snapshot(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no container, and no snapshot, '%s' to share with; see overc container list_containers, or name %s for the host"
                        .formatted(name, OverlaySharing.ESSENTIAL)));
  }

  /** The name of a snapshot may be longer than that of any container. */
  private boolean isContainer(String name) {
    return name.length() <= ContainerNames.MAX_LENGTH && tools.path.present(name);
  }

  private Optional<Source> snapshot(String name) {
    Path directory = tools.path.snapshot(name);
    return LxcSnapshotId.apart(name).isPresent() && Files.isRegularFile(directory.resolve("config"))
        ? Optional.of(source(name, directory))
        : Optional.empty();
  }

  private static Source source(String name, Path directory) {
    ContainerConfig config = ContainerConfig.of(directory);
    RootFs root = root("share with " + name, config);
    if (root.kind() != RootFs.Kind.DIRECTORY && root.kind() != RootFs.Kind.BTRFS) {
      throw new RefusedException(
          "Cannot share with %s: its root is no plain directory, so it cannot be a layer of an overlay; make a full copy of it (lxc-copy) and share with that"
              .formatted(name));
    }
    if (!MountLines.shared(config.text()).isEmpty()) {
      throw new RefusedException(
          "Cannot share with %s: it shares directories itself, and overlays in chains are not possible; share with its own sources"
              .formatted(name));
    }
    return new Source(name, root.directory());
  }

  private static RootFs root(String attempt, ContainerConfig config) {
    return config
        .root()
        .orElseThrow(
            () ->
                new RefusedException("Cannot " + attempt + ": its config has no lxc.rootfs.path"));
  }

  /** Checks the names of sources. */
  static List<String> check(List<String> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "No source is named: name containers, or " + OverlaySharing.ESSENTIAL + " for the host");
    }
    Set<String> checked = new LinkedHashSet<>();
    for (String source : sources) {
      if (!checked.add(ContainerNames.snapshot(source))) {
        throw new IllegalArgumentException("The source " + source + " is named twice");
      }
    }
    return List.copyOf(checked);
  }

  /** Returns whose locks keep sources as they are: containers, and those that snapshots are of. */
  Set<String> locks(String container, List<String> sources) {
    Set<String> names = new TreeSet<>();
    for (String source : sources) {
      if (isContainer(source)) {
        names.add(source);
      } else {
        LxcSnapshotId.apart(source).ifPresent(id -> names.add(id.container()));
      }
    }
    names.remove(container);
    return names;
  }
}
