package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerNames;
import io.overc.container.ContainerSnapshot;
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
import io.overc.docker.container.ContainerVerbs;
import io.overc.docker.container.Readiness;
import io.overc.docker.container.TemplateImage;
import io.overc.docker.engine.EngineContainer;
import io.overc.docker.engine.EngineContainers;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandRunner;
import io.overc.snapshot.Snapshot;
import io.overc.spi.SideEffects;
import java.util.List;
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
  private final EngineContainers containers;
  private final CommittedSnapshots snapshots;
  private final ContainerVerbs verbs;
  private final ContainerList list;

  private DockerContainerDriver(DockerBackend backend, Config config, Template template) {
    this.backend = backend;
    this.containers = backend.containers();
    this.snapshots = backend.snapshots();
    this.verbs = verbs(backend, config, template);
    this.list = new ContainerList(backend.docker(), template);
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
    return of(config, template, CommandRunner.system(), SideEffects.direct());
  }

  static DockerContainerDriver of(
      Config config, Template template, CommandRunner runner, SideEffects effects) {
    return new DockerContainerDriver(new DockerBackend(config, runner, effects), config, template);
  }

  @Override
  public Set<ContainerFeature> features() {
    return FEATURES;
  }

  @Override
  public ContainerStatus status(String name) {
    ContainerNames.container(name);
    return containers
        .find(name)
        .map(found -> found.active() ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE)
        .orElse(ContainerStatus.ABSENT);
  }

  @Override
  public List<Container> list() {
    return list.all();
  }

  @Override
  public List<ContainerSnapshot> listSnapshots(String name) {
    return snapshots.of(ContainerNames.container(name)).stream()
        .map(DockerContainerDriver::converted)
        .toList();
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return locked(
        "container activate", name, call, operation -> verbs.activate(name, whenActive, operation));
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return locked(
        "container start",
        name,
        call,
        operation -> {
          if (containers.existing(name).active()) {
            return Change.UNCHANGED;
          }
          operation.step("start the container");
          containers.start(name);
          verbs.awaitReady(name);
          return Change.CHANGED;
        });
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return locked(
        "container stop",
        name,
        call,
        operation -> {
          if (!containers.existing(name).active()) {
            return Change.UNCHANGED;
          }
          operation.step("stop the container");
          containers.stop(name);
          return Change.CHANGED;
        });
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    return verbs.sendImage(image, call);
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return verbs.update(call);
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    return locked(
        "container upgrade",
        name,
        call,
        operation ->
            source == UpgradeSource.IMAGE
                ? verbs.upgradeFromImage(name, call, operation)
                : verbs.upgradePackages(name, operation));
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    return locked(
        "container rollback", name, call, op -> verbs.rollback(name, Optional.empty(), op));
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    ContainerNames.snapshot(snapshot);
    return locked(
        "container rollback",
        name,
        call,
        operation -> verbs.rollback(name, Optional.of(snapshot), operation));
  }

  @Override
  public Optional<ContainerSnapshot> snapshot(String name, OperationOptions call) {
    return locked(
        "container snapshot",
        name,
        call,
        operation -> {
          EngineContainer container = containers.existing(name);
          operation.step("commit the container");
          return Optional.of(converted(snapshots.create(container, Optional.empty(), true)));
        });
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    locked(
        "container delete",
        name,
        call,
        operation -> {
          if (containers.existing(name).active() && whenActive == WhenActive.REFUSE) {
            throw new RefusedException(
                "The container '" + name + "' is active: stop it first, or force it");
          }
          operation.step("remove the container");
          containers.remove(name);
          return name;
        });
  }

  @Override
  public OptionalInt deleteSnapshots(String name, OperationOptions call) {
    return locked(
        "container delete snapshots",
        name,
        call,
        operation -> OptionalInt.of(snapshots.deleteAll(name)));
  }

  private static ContainerVerbs verbs(DockerBackend backend, Config config, Template template) {
    String name = template.name();
    Readiness readiness =
        new Readiness(
            backend.containers(),
            config.get(DockerKeys.SETTLE),
            config.get(DockerKeys.TEMPLATE_READY.named(name)),
            config.get(DockerKeys.READY_TIMEOUT));
    ContainerVerbs.Settings settings =
        new ContainerVerbs.Settings(
            config.get(DockerKeys.NETWORK),
            config.get(DockerKeys.RESTART),
            config.get(DockerKeys.TEMPLATE_OPTIONS.named(name)),
            config.get(DockerKeys.TEMPLATE_COMMAND.named(name)),
            config.get(DockerKeys.BUILD_TIMEOUT));
    TemplateImage image =
        new TemplateImage(backend.docker(), backend.effects(), backend.images(), template);
    return new ContainerVerbs(
        backend.containers(), backend.snapshots(), template, image, readiness, settings);
  }

  private <T> T locked(
      String what, String name, OperationOptions call, Function<Operation, T> work) {
    ContainerNames.container(name);
    try (Operation operation = Operation.start(call.listener(), what, name, 3)) {
      try {
        T result = backend.locked(name, () -> work.apply(operation));
        operation.succeeded("done");
        return result;
      } catch (RuntimeException e) {
        operation.failed(e);
        throw e;
      }
    }
  }

  private static ContainerSnapshot converted(Snapshot snapshot) {
    return new ContainerSnapshot(
        snapshot.subject(), snapshot.id(), Optional.of(snapshot.created()), snapshot.comment());
  }
}
