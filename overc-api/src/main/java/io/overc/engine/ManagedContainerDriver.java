package io.overc.engine;

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
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The engine under every container driver: makes a {@link ContainerDriver} of the few primitives of
 * a {@link ContainerBackend}.
 *
 * <ul>
 *   <li>Names are checked before anything else; one operation at a time works on a container,
 *       across processes.
 *   <li>Every operation first recovers what an interrupted one has left, by what is true now: a new
 *       container that is ready is kept, otherwise the old one comes back. What may hold data is
 *       never thrown away by recovery: it becomes a snapshot, with a warning.
 *   <li>A new container is complete before the old one is stopped, and the old one stays complete
 *       until the new one is ready. If that fails or is cancelled, the old one is back, running if
 *       it ran. What fails from then on, such as the removal of the old one, is a warning: the
 *       operation has done what was asked, and the next one finishes the rest.
 *   <li>What the backend has no primitives for is not among {@link #features()}, and refused.
 * </ul>
 *
 * <pre>{@code
 * ContainerDriver driver =
 *     ManagedContainerDriver.builder(new MyBackend(home), template)
 *         .readiness(Readiness.builder().command(List.of("curl", "-f", "localhost")).build())
 *         .build();
 * }</pre>
 *
 * <p>Thread-safe if the backend is.
 */
public final class ManagedContainerDriver implements ContainerDriver {
  private final ContainerBackend backend;
  private final ContainerEngine engine;
  private final ContainerView view;
  private final StartStop startStop;
  private final Activation activation;
  private final Upgrade upgrade;
  private final SnapshotStore snapshots;

  private ManagedContainerDriver(Builder builder) {
    this.backend = builder.backend;
    this.engine = new ContainerEngine(backend, builder.readiness, builder.effects);
    this.view = new ContainerView(engine.primitives(), builder.template);
    this.startStop = new StartStop(engine);
    this.activation = new Activation(engine);
    this.upgrade = new Upgrade(engine, activation, builder.template);
    this.snapshots =
        new ManagedSnapshotStore(new ContainerWork(engine, activation), builder.effects);
  }

  /**
   * Begins a driver with the default readiness.
   *
   * @param backend the primitives
   * @param template what containers are made from; {@link #list} shows those of it
   * @return a new builder
   */
  public static Builder builder(ContainerBackend backend, Template template) {
    return new Builder(backend, template);
  }

  /**
   * Does something with a container that is not a method of this interface, such as a change of
   * what it shares: alone, and after recovery.
   *
   * @param kind what is done
   * @param name the container; it need not exist
   * @param call who listens, and how long it may take
   * @param body does it
   * @param <T> its result
   * @return what the body returns
   */
  public <T> T run(OperationKind kind, String name, OperationOptions call, Operation.Body<T> body) {
    ContainerNames.container(name);
    return Operation.run(call, kind, name, operation -> engine.within(name, operation, body));
  }

  /**
   * Does a part of an operation that is under way with a container, which may be another one than
   * that of the operation: alone, and after recovery.
   *
   * @param operation reports it
   * @param name the container; it need not exist
   * @param body does it
   * @param <T> its result
   * @return what the body returns
   */
  public <T> T within(Operation operation, String name, Operation.Body<T> body) {
    ContainerNames.container(name);
    return Primitives.ask(operation.info().toString(), () -> engine.within(name, operation, body));
  }

  @Override
  public Set<ContainerFeature> features() {
    Set<ContainerFeature> features = EnumSet.of(ContainerFeature.GO_BACK);
    if (backend.snapshots().isPresent()) {
      features.add(ContainerFeature.SNAPSHOT);
      backend.packages().ifPresent(able -> features.add(ContainerFeature.UPGRADE_PACKAGES));
    }
    backend.images().ifPresent(able -> features.addAll(able.features()));
    return Set.copyOf(features);
  }

  @Override
  public ContainerStatus status(String name) {
    return view.status(name);
  }

  @Override
  public Optional<Container> find(String name) {
    return view.find(name);
  }

  @Override
  public List<Container> list() {
    return view.list();
  }

  @Override
  public SnapshotStore snapshots() {
    return snapshots;
  }

  @Override
  public ActivateResult activate(String name, WhenActive whenActive, OperationOptions call) {
    return engine.run(
        OperationKind.CONTAINER_ACTIVATE,
        name,
        call,
        (now, operation) -> activation.activate(now, whenActive, operation));
  }

  @Override
  public Change start(String name, OperationOptions call) {
    return engine.run(OperationKind.CONTAINER_START, name, call, startStop::start);
  }

  @Override
  public Change stop(String name, OperationOptions call) {
    return engine.run(OperationKind.CONTAINER_STOP, name, call, startStop::stop);
  }

  @Override
  public ImageResult sendImage(ImageSource image, OperationOptions call) {
    return upgrade.sendImage(image, call);
  }

  @Override
  public ImageResult update(OperationOptions call) {
    return upgrade.updateImage(call);
  }

  @Override
  public UpgradeResult upgrade(String name, UpgradeSource source, OperationOptions call) {
    return engine.run(
        OperationKind.CONTAINER_UPGRADE,
        name,
        call,
        (now, operation) -> upgrade.upgrade(now, source, operation));
  }

  @Override
  public RollbackResult rollback(String name, OperationOptions call) {
    return rollback(name, Optional.empty(), call);
  }

  @Override
  public RollbackResult rollback(String name, String snapshot, OperationOptions call) {
    return rollback(name, Optional.of(SnapshotId.of(snapshot).toString()), call);
  }

  private RollbackResult rollback(String name, Optional<String> id, OperationOptions call) {
    return engine.run(
        OperationKind.CONTAINER_ROLLBACK,
        name,
        call,
        (now, operation) -> {
          ContainerEngine.require(now);
          Snapshot chosen =
              id.map(text -> engine.snapshots().require(name, text))
                  .orElseGet(() -> engine.snapshots().latest(name));
          activation.restore(
              OperationKind.CONTAINER_ROLLBACK, chosen.id(), now, () -> {}, operation);
          return new RollbackResult(name, Optional.of(chosen.id()));
        });
  }

  @Override
  public void delete(String name, WhenActive whenActive, OperationOptions call) {
    engine.run(
        OperationKind.CONTAINER_DELETE,
        name,
        call,
        (now, operation) -> {
          startStop.delete(now, whenActive, operation);
          return true;
        });
  }

  /** Builds {@link ManagedContainerDriver}. Not thread-safe. */
  public static final class Builder {
    private final ContainerBackend backend;
    private final Template template;
    private Readiness readiness = Readiness.builder().build();
    private SideEffects effects = SideEffects.direct();

    private Builder(ContainerBackend backend, Template template) {
      this.backend = backend;
      this.template = template;
    }

    /**
     * Sets when a container that was started counts as ready.
     *
     * @param value the readiness
     * @return this
     */
    public Builder readiness(Readiness value) {
      readiness = value;
      return this;
    }

    /**
     * Sets the fault-injection point, for tests.
     *
     * @param value each primitive that changes something passes it
     * @return this
     */
    public Builder effects(SideEffects value) {
      effects = value;
      return this;
    }

    /**
     * Makes the driver; calls no primitive.
     *
     * @return the driver
     */
    public ManagedContainerDriver build() {
      return new ManagedContainerDriver(this);
    }
  }
}
