package io.overc.lxc.share;

import io.overc.container.ContainerNames;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.container.RootFs;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.overlay.OverlaySharing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells who may share and with whom, and why not. */
public record SharingSources(
    LxcPath path, LxcCommands commands, Dependents dependents, Path essential) {
  public SharedContainer container(String name) {
    path.require(name);
    Path directory = path.standing(name);
    ContainerConfig config = ContainerConfig.of(directory);
    RootFs root = config.requireRoot("share directories of " + name);
    if (root.kind() != RootFs.Kind.DIRECTORY || !root.directory().startsWith(directory)) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share directories of %s: its root is not a plain directory in %s, so it cannot be the upper layer of an overlay"
              .formatted(name, directory),
          Remedy.other("make a full copy of it (lxc-copy) and share in that"));
    }
    if (!config.values("lxc.idmap").isEmpty()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share directories of %s: it is unprivileged (lxc.idmap), and may not mount an overlay that honours the owners of files"
              .formatted(name),
          Remedy.other("share in a privileged one"));
    }
    return new SharedContainer(name, directory, root.directory());
  }

  /** Refuses a container that others share with, or lie on: they would see it change. */
  public void refuseUsed(String name) {
    Set<String> users = dependents.of(path.container(name));
    if (!users.isEmpty()) {
      throw new RefusedException(
          Guard.IN_USE,
          "Cannot change what %s shares: it is itself a source of %s, or what %s on, and overlays in chains are not possible"
              .formatted(
                  name, String.join(", ", users), users.size() == 1 ? "that lies" : "they lie"),
          Remedy.of(
              Remedy.Action.STOP_SHARING,
              users.iterator().next(),
              "stop that first, or give %s a full copy"
                  .formatted(users.size() == 1 ? "it" : "them")));
    }
  }

  public List<Source> find(String container, List<String> names) {
    return names.stream().map(name -> find(container, name)).toList();
  }

  private Source find(String container, String name) {
    if (name.equals(OverlaySharing.ESSENTIAL)) {
      return new Source(name, essential);
    }
    if (name.equals(container)) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot share directories of " + name + " with itself",
          Remedy.other("name another container, or " + OverlaySharing.ESSENTIAL));
    }
    if (isContainer(name)) {
      if (commands.runs(name)) {
        throw new RefusedException(
            Guard.ACTIVE,
            "Cannot share with %s: it runs, and what it writes would show in %s"
                .formatted(name, container),
            Remedy.of(
                Remedy.Action.SNAPSHOT,
                name,
                "stop it, or snapshot it and share with the snapshot"));
      }
      return source(name, path.standing(name));
    }
    return snapshot(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no container, and no snapshot, '" + name + "' to share with",
                    Remedy.of(
                        Remedy.Action.LIST_CONTAINERS,
                        "",
                        "list the containers, or name %s for the host"
                            .formatted(OverlaySharing.ESSENTIAL))));
  }

  /** The name of a snapshot may be longer than that of any container. */
  private boolean isContainer(String name) {
    return name.length() <= ContainerNames.MAX_LENGTH && path.present(name);
  }

  private Optional<Source> snapshot(String name) {
    Path directory = path.snapshot(name);
    return LxcSnapshotId.apart(name).isPresent() && Files.isRegularFile(directory.resolve("config"))
        ? Optional.of(source(name, directory))
        : Optional.empty();
  }

  private static Source source(String name, Path directory) {
    ContainerConfig config = ContainerConfig.of(directory);
    RootFs root = config.requireRoot("share with " + name);
    if (root.kind() != RootFs.Kind.DIRECTORY && root.kind() != RootFs.Kind.BTRFS) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share with %s: its root is not a plain directory, so it cannot be a layer of an overlay"
              .formatted(name),
          Remedy.other("make a full copy of it (lxc-copy) and share with that"));
    }
    if (!MountLines.shared(config.text()).isEmpty()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share with %s: it shares directories itself, and overlays in chains are not possible"
              .formatted(name),
          Remedy.other("share with its own sources"));
    }
    return new Source(name, root.directory());
  }

  public static List<String> check(List<String> sources) {
    if (sources.isEmpty()) {
      throw new InvalidArgumentException(
          "No source is named: name containers, or " + OverlaySharing.ESSENTIAL + " for the host");
    }
    Set<String> checked = new LinkedHashSet<>();
    for (String source : sources) {
      if (!checked.add(ContainerNames.snapshot(source))) {
        throw new InvalidArgumentException("The source " + source + " is named twice");
      }
    }
    return List.copyOf(checked);
  }

  /** Returns whose locks keep sources as they are: containers, and those that snapshots are of. */
  Set<String> locks(String container, Collection<String> sources) {
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
