package io.overc.docker;

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
import io.overc.docker.container.CommittedSnapshots;
import io.overc.docker.container.ContainerList;
import io.overc.docker.container.ContainerOperations;
import io.overc.docker.engine.Readiness;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Maintains Docker containers. The image of a template is an image of the engine; snapshots are
 * committed images, as {@link DockerSnapshotStore} keeps them; volumes are not part of them.
 * Immutable, thread-safe.
 */
public final class DockerContainerDriver implements ContainerDriver {
  private static final Set<ContainerFeature> FEATURES =
      Set.of(
          ContainerFeature.SEND_IMAGE,
          ContainerFeature.CHECK_IMAGE,
          ContainerFeature.UPDATE,
          ContainerFeature.UPGRADE_PACKAGES,
          ContainerFeature.SNAPSHOT,
          ContainerFeature.GO_BACK);

  private final DockerBackend backend;
  private final Template template;
  private final CommittedSnapshots snapshots;
  private final ContainerOperations operations;

  private DockerContainerDriver(Builder from) {
    this.backend = new DockerBackend(from);
    this.template = from.template;
    this.snapshots = backend.snapshots();
    String name = template.name();
    Readiness readiness =
        new Readiness(
            backend.containers(),
            backend.get(DockerKeys.SETTLE),
            backend.get(DockerKeys.TEMPLATE_READY.named(name)),
            backend.get(DockerKeys.READY_TIMEOUT));
    ContainerOperations.Settings settings =
        new ContainerOperations.Settings(
            backend.get(DockerKeys.NETWORK),
            backend.get(DockerKeys.RESTART),
            backend.get(DockerKeys.TEMPLATE_OPTIONS.named(name)),
            backend.get(DockerKeys.TEMPLATE_COMMAND.named(name)),
            backend.get(DockerKeys.BUILD_TIMEOUT));
    this.operations =
        new ContainerOperations(backend.images(), snapshots, template, readiness, settings);
  }

  /**
   * Makes a driver. Calls no engine.
   *
   * @param config the configuration, see {@link DockerKeys}
   * @param template the template, see {@link Template#read}
   * @return the driver
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static DockerContainerDriver of(Config config, Template template) {
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
    return FEATURES;
  }

  @Override
  public ContainerStatus status(String name) {
    ContainerNames.container(name);
    return backend
        .containers()
        .find(name)
        .map(found -> found.active() ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE)
        .orElse(ContainerStatus.ABSENT);
  }

  @Override
  public List<Container> list() {
    return new ContainerList(backend.docker(), template).all();
  }

  @Override
  public List<Snapshot> listSnapshots(String name) {
    return snapshots.of(ContainerNames.container(name)).stream()
        .map(entry -> converted(entry.snapshot()))
        .toList();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return locked(
        OperationKind.CONTAINER_ACTIVATE,
        name,
        call,
        operation -> operations.activate(name, whenActive, operation));
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return locked(
        OperationKind.CONTAINER_START, name, call, operation -> operations.start(name, operation));
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return locked(
        OperationKind.CONTAINER_STOP, name, call, operation -> operations.stop(name, operation));
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    return Operation.run(
        call,
        OperationKind.CONTAINER_SEND_IMAGE,
        template.name(),
        operation -> operations.sendImage(image, operation));
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return Operation.run(call, OperationKind.CONTAINER_UPDATE, template.name(), operations::update);
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    return locked(
        OperationKind.CONTAINER_UPGRADE,
        name,
        call,
        operation ->
            source == UpgradeSource.IMAGE
                ? operations.upgradeFromImage(name, operation)
                : operations.upgradePackages(name, operation));
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    return rollback(name, Optional.empty(), call);
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    return rollback(name, Optional.of(ContainerNames.snapshot(snapshot)), call);
  }

  private RollbackResult rollback(String name, Optional<String> snapshot, OperationOptions call) {
    return locked(
        OperationKind.CONTAINER_ROLLBACK,
        name,
        call,
        operation -> operations.rollback(name, snapshot, operation));
  }

  @Override
  public Optional<Snapshot> snapshot(String name, OperationOptions call) {
    return locked(
        OperationKind.SNAPSHOT_CREATE,
        name,
        call,
        operation ->
            Optional.of(
                converted(
                    snapshots.create(
                        backend.containers().require(name), Optional.empty(), true, operation))));
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    locked(
        OperationKind.CONTAINER_DELETE,
        name,
        call,
        operation -> {
          operations.delete(name, whenActive, operation);
          return name;
        });
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    return locked(
        OperationKind.SNAPSHOT_DELETE,
        name,
        call,
        operation -> OptionalInt.of(snapshots.deleteAll(name)));
  }

  private <T> T locked(
      OperationKind kind, String name, OperationOptions call, Function<Operation, T> work) {
    ContainerNames.container(name);
    return Operation.run(
        call, kind, name, operation -> backend.locked(name, () -> work.apply(operation)));
  }

  private static Snapshot converted(Snapshot snapshot) {
    return new Snapshot(snapshot.subject(), snapshot.id(), snapshot.created(), snapshot.comment());
  }

  /** Builds a {@link DockerContainerDriver}. Not thread-safe. */
  public static final class Builder extends EngineBuilder<Builder> {
    private Template template = Template.plain("docker", "docker");

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets what containers are made from.
     *
     * @param value the template, see {@link Template#read}; one with nothing set if unset
     * @return this
     */
    public Builder template(Template value) {
      template = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Makes the driver. Calls no engine.
     *
     * @return the driver
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public DockerContainerDriver build() {
      return new DockerContainerDriver(this);
    }
  }
}
