package io.overc.lxc;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerNames;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.container.RollbackResult;
import io.overc.container.Template;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.internal.lock.HeldLock;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.ContainerLock;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.image.ImageFile;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.SideEffects;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Maintains LXC containers whose image is a root file system tarball.
 *
 * <p>Status and list read files only and start no process. An activation or a rollback prepares the
 * new container beside the old one, exchanges the two by rename, starts the new one, and puts the
 * old one back if it does not come up. The container that an activation replaces becomes a snapshot
 * as it is, without being copied. Its config stays but for the root: what was set by hand is kept.
 *
 * <p>Snapshots are those of {@link LxcSnapshotStore}. Those of a container backed by a plain
 * directory are full copies; one that runs is frozen meanwhile.
 */
public final class LxcContainerDriver implements ContainerDriver {
  private final LxcTools tools;
  private final SnapshotMaker maker;
  private final Template template;
  private final ImageFile image;
  private final Activation activation;
  private final InPlaceUpgrade packages;

  LxcContainerDriver(LxcTools tools, Template template) {
    this.tools = tools;
    this.maker = new SnapshotMaker(tools);
    this.template = template;
    LxcSettings settings = tools.settings;
    this.image = new ImageFile(template, settings.images(), settings.imageLimit(), tools.effects);
    this.activation = new Activation(tools, template, image);
    this.packages = new InPlaceUpgrade(tools, template.packageManager());
  }

  @Override
  public Set<ContainerFeature> features() {
    return Set.copyOf(EnumSet.allOf(ContainerFeature.class));
  }

  @Override
  public ContainerStatus status(String name) {
    if (!tools.path.present(ContainerNames.container(name))) {
      return ContainerStatus.ABSENT;
    }
    return tools.instance.runs(name) ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
  }

  @Override
  public List<Container> list() {
    Set<String> running = tools.instance.running();
    List<Container> containers = new ArrayList<>();
    for (String name : tools.path.names()) {
      Optional<String> from = templateOf(name);
      if (template.isDefault() || from.filter(template.name()::equals).isPresent()) {
        ContainerStatus status =
            running.contains(name) ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
        containers.add(new Container(name, Optional.of(status), from));
      }
    }
    return List.copyOf(containers);
  }

  private Optional<String> templateOf(String name) {
    try {
      return Disk.readLossless(tools.path.standing(name).resolve("config"))
          .map(ContainerConfig::parse)
          .flatMap(ContainerConfig::template);
    } catch (OvercException e) {
      return Optional.empty(); // One that cannot be read does not hide the others.
    }
  }

  @Override
  public List<Snapshot> listSnapshots(String name) {
    return tools.snapshots.list(ContainerNames.container(name)).stream()
        .map(LxcContainerDriver::described)
        .toList();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return tools.locked(
        "activate", name, 4, call, operation -> activation.run(name, whenActive, operation));
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return made("start", name, true, () -> tools.instance.start(name), call);
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return made("stop", name, false, () -> tools.instance.stop(name), call);
  }

  private Change made(
      String verb,
      String name,
      boolean running,
      SideEffects.Action<RuntimeException> action,
      OperationOptions call) {
    return changed(
        verb,
        name,
        1,
        call,
        operation -> {
          if (tools.instance.runs(name) == running) {
            return Change.UNCHANGED;
          }
          new SharingChanges(tools).beforeStart(running, name, operation);
          operation.step(verb + " " + name);
          tools.effects.run(verb, action);
          return Change.CHANGED;
        });
  }

  @Override
  public ImageResult sendImage(ImageSource source, OperationOptions call) {
    return imageChanged("send image", call, operation -> image.send(source, operation));
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return imageChanged("update", call, image::update);
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    ContainerNames.container(name);
    if (source == UpgradeSource.PACKAGES) {
      return changed("upgrade", name, 3, call, operation -> packages.run(name, operation));
    }
    tools.path.need(name);
    if (template.imageUrl().isPresent()) {
      update(call);
    }
    ActivateResult result = activate(name, WhenActive.STOP, call);
    return new UpgradeResult(name, source, Change.CHANGED, result.snapshot());
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    return changed(
        "rollback",
        name,
        4,
        call,
        operation -> {
          List<Snapshot> all = tools.snapshots.list(name);
          if (all.isEmpty()) {
            throw new NotFoundException("Cannot roll back " + name + ": it has no snapshot");
          }
          return rollback(name, LxcSnapshotId.parse(all.get(all.size() - 1).id()), operation);
        });
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    ContainerNames.container(name);
    ContainerNames.snapshot(snapshot);
    return changed(
        "rollback",
        name,
        4,
        call,
        operation -> {
          LxcSnapshotId id =
              LxcSnapshotId.own(name, snapshot)
                  .or(() -> LxcSnapshotId.apart(snapshot).filter(s -> s.container().equals(name)))
                  .orElseThrow(
                      () ->
                          new NotFoundException(
                              "%s has no snapshot %s; see overc container list_snapshots"
                                  .formatted(name, snapshot)));
          return rollback(name, id, operation);
        });
  }

  @Override
  public Optional<Snapshot> snapshot(String name, OperationOptions call) {
    SnapshotOptions options = SnapshotOptions.defaults().withFreeze().withFullCopy();
    return changed(
        "snapshot",
        name,
        1,
        call,
        operation -> Optional.of(described(maker.create(name, options, operation))));
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    changed("delete", name, 2, call, operation -> activation.delete(name, whenActive, operation));
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    return OptionalInt.of(new LxcSnapshotStore(tools).deleteAll(name, call));
  }

  private RollbackResult rollback(String name, LxcSnapshotId id, Operation operation) {
    tools.snapshots.need(id);
    tools.dependents.refuse("replace", name, tools.path.container(name).resolve("rootfs"));
    boolean active = tools.instance.runs(name);
    maker.prepare(id, name, operation);
    tools.replacement.run(name, active, Optional.empty(), operation);
    tools.dependents.register(tools.path.container(name));
    return new RollbackResult(name, Optional.of(shortId(id)));
  }

  private <T> T changed(
      String verb, String name, int steps, OperationOptions call, Function<Operation, T> work) {
    return tools.locked(
        verb,
        name,
        steps,
        call,
        operation -> {
          tools.path.need(name);
          return work.apply(operation);
        });
  }

  private ImageResult imageChanged(
      String verb, OperationOptions call, Function<Operation, ImageResult> work) {
    HeldLock held =
        ContainerLock.ofImage(image.file(), "The image of the template " + template.name(), verb);
    try (Operation operation = Operation.start(call.listener(), "container " + verb, template.name(), 3)) {
      try {
        ImageResult result = work.apply(operation);
        operation.succeeded("the image of " + template.name() + ": " + result.change());
        return result;
      } catch (OvercException e) {
        operation.failed(e);
        throw e;
      }
    } finally {
      held.close();
    }
  }

  private static Snapshot described(Snapshot snapshot) {
    return new Snapshot(
        snapshot.subject(),
        SnapshotId.of(shortId(LxcSnapshotId.parse(snapshot.id()))),
        snapshot.created(),
        snapshot.comment());
  }

  /** Within one container a snapshot of lxc-snapshot is named as lxc-snapshot names it. */
  private static String shortId(LxcSnapshotId id) {
    return id.own() ? "snap" + id.index() : id.toString();
  }
}
