package io.overc.lxc;

import io.overc.config.Config;
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
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.operation.Activation;
import io.overc.lxc.operation.ContainerList;
import io.overc.lxc.operation.ContainerOperations;
import io.overc.lxc.operation.ContainerRemoval;
import io.overc.lxc.operation.ContainerRollback;
import io.overc.lxc.operation.ImageFile;
import io.overc.lxc.operation.InPlaceUpgrade;
import io.overc.lxc.operation.RunningState;
import io.overc.lxc.snapshot.LxcSnapshotId;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Maintains LXC containers whose image is a root file system tarball. Immutable, thread-safe.
 *
 * <p>Status and list read files only and start no process. An activation or a rollback prepares the
 * new container beside the old one, exchanges the two by rename, starts the new one, and puts the
 * old one back if it does not start. The container that an activation replaces becomes a snapshot
 * as it is, without being copied. Its config stays but for the root: what was set by hand is kept.
 *
 * <p>Snapshots are those of {@link LxcSnapshotStore}. Those of a container backed by a plain
 * directory are full copies; one that runs is frozen meanwhile.
 *
 * <pre>{@code
 * LxcContainerDriver.builder().config(config).template(template).build()
 * }</pre>
 */
public final class LxcContainerDriver implements ContainerDriver {
  private static final SnapshotOptions WHOLE =
      SnapshotOptions.builder().freeze(true).fullCopy(true).build();

  private final Template template;
  private final LxcPath path;
  private final ContainerList list;
  private final ContainerOperations operations;
  private final ImageFile image;
  private final Activation activation;
  private final ContainerRemoval removal;
  private final RunningState state;
  private final InPlaceUpgrade packages;
  private final ContainerRollback rollback;
  private final LxcSnapshotStore snapshots;

  LxcContainerDriver(
      Template template,
      LxcPath path,
      ContainerList list,
      ContainerOperations operations,
      ImageFile image,
      Activation activation,
      ContainerRemoval removal,
      RunningState state,
      InPlaceUpgrade packages,
      ContainerRollback rollback,
      LxcSnapshotStore snapshots) {
    this.template = template;
    this.path = path;
    this.list = list;
    this.operations = operations;
    this.image = image;
    this.activation = activation;
    this.removal = removal;
    this.state = state;
    this.packages = packages;
    this.rollback = rollback;
    this.snapshots = snapshots;
  }

  /**
   * Makes a driver. Starts no process.
   *
   * @param config the configuration, see {@link LxcKeys}
   * @param template the template, see {@link Template#read}
   * @return the driver
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static LxcContainerDriver of(Config config, Template template) {
    return builder().config(config).template(template).build();
  }

  /**
   * Begins a driver.
   *
   * @return a builder with the default configuration and the default template
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Set<ContainerFeature> features() {
    return Set.copyOf(EnumSet.allOf(ContainerFeature.class));
  }

  @Override
  public ContainerStatus status(String name) {
    return list.status(ContainerNames.container(name));
  }

  @Override
  public List<Container> list() {
    return list.all();
  }

  @Override
  public List<Snapshot> listSnapshots(String name) {
    return snapshots.all(ContainerNames.container(name)).stream()
        .map(LxcContainerDriver::described)
        .toList();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return operations.run(
        OperationKind.CONTAINER_ACTIVATE,
        name,
        call,
        operation -> activation.run(name, whenActive, operation));
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return operations.change(
        OperationKind.CONTAINER_START, name, call, operation -> state.start(name, operation));
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return operations.change(
        OperationKind.CONTAINER_STOP, name, call, operation -> state.stop(name, operation));
  }

  @Override
  public ImageResult sendImage(ImageSource source, OperationOptions call) {
    return Operation.run(
        call,
        OperationKind.CONTAINER_SEND_IMAGE,
        template.name(),
        operation -> image.locked("send image", () -> image.send(source, operation)));
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return Operation.run(call, OperationKind.CONTAINER_UPDATE, template.name(), this::update);
  }

  private ImageResult update(Operation operation) {
    return image.locked("update", () -> image.update(operation));
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    if (source == UpgradeSource.PACKAGES) {
      return operations.change(
          OperationKind.CONTAINER_UPGRADE,
          name,
          call,
          operation -> packages.run(name, template.packageManager(), operation));
    }
    operations.check(name);
    path.need(name);
    return Operation.run(
        call,
        OperationKind.CONTAINER_UPGRADE,
        name,
        operation -> {
          // Before the container is locked: a download takes long.
          if (template.imageUrl().isPresent()) {
            operation.child(OperationKind.CONTAINER_UPDATE, template.name(), this::update);
          }
          ActivateResult result =
              operations.locked(
                  name, operation, part -> activation.run(name, WhenActive.STOP, part));
          return new UpgradeResult(name, source, Change.CHANGED, result.snapshot());
        });
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    return operations.change(
        OperationKind.CONTAINER_ROLLBACK,
        name,
        call,
        operation -> {
          List<Snapshot> all = snapshots.all(name);
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
    return operations.change(
        OperationKind.CONTAINER_ROLLBACK,
        name,
        call,
        operation -> rollback(name, LxcSnapshotId.of(name, snapshot), operation));
  }

  private RollbackResult rollback(String name, LxcSnapshotId id, Operation operation) {
    rollback.run(name, id, operation);
    return new RollbackResult(name, Optional.of(SnapshotId.of(id.nameInContainer())));
  }

  @Override
  public Optional<Snapshot> snapshot(String name, OperationOptions call) {
    path.need(ContainerNames.container(name));
    return Optional.of(described(snapshots.create(name, WHOLE, call)));
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    operations.change(
        OperationKind.CONTAINER_DELETE,
        name,
        call,
        operation -> {
          removal.run(name, whenActive, operation);
          return Change.CHANGED;
        });
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    return OptionalInt.of(snapshots.deleteAll(name, call));
  }

  private static Snapshot described(Snapshot snapshot) {
    return new Snapshot(
        snapshot.subject(),
        SnapshotId.of(LxcSnapshotId.parse(snapshot.id()).nameInContainer()),
        snapshot.created(),
        snapshot.comment());
  }

  /** Builds drivers. Not thread-safe. */
  public static final class Builder extends LxcBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what the driver's containers are made from.
     *
     * @param value the template; the default one, {@code lxc}, if unset
     * @return this
     */
    public Builder template(Template value) {
      template = value;
      return this;
    }

    /**
     * Makes the driver.
     *
     * @return a driver
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public LxcContainerDriver build() {
      return backends().containerDriver();
    }
  }
}
