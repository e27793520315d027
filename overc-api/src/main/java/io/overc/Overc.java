package io.overc;

import io.overc.config.Config;
import io.overc.config.ConfigKey;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.error.BackendException;
import io.overc.error.ConfigException;
import io.overc.error.InvalidArgumentException;
import io.overc.event.Listener;
import io.overc.host.HostUpgrader;
import io.overc.image.ImageListHandler;
import io.overc.overlay.OverlaySharing;
import io.overc.servicepack.ServicePackRunner;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.BackendProvider;
import io.overc.spi.ContainerDriverProvider;
import io.overc.spi.HostUpgraderProvider;
import io.overc.spi.ImageListHandlerProvider;
import io.overc.spi.OverlaySharingProvider;
import io.overc.spi.ServicePackRunnerProvider;
import io.overc.spi.SnapshotStoreProvider;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The entry point: finds the backends on the class path or module path and makes them from one
 * {@link Config}.
 *
 * <pre>{@code
 * Overc overc = Overc.builder().listener(event -> log.info("{}", event)).load();
 * HostUpgrader host = overc.hostUpgrader();
 * if (!host.availableUpdates().isEmpty()) {
 *   host.upgrade(UpgradeOptions.builder().reboot(true).build(), OperationOptions.defaults());
 * }
 * }</pre>
 *
 * <p>The methods without an id make the only usable backend of their kind. Where there is none, or
 * more than one, they fail with a {@link BackendException} that names what was found. Nothing is
 * remembered between calls; every call makes a new backend. Immutable, thread-safe.
 */
public final class Overc {
  private final Config config;
  private final Listener listener;
  private final Registry<HostUpgraderProvider> hostUpgraders;
  private final Registry<SnapshotStoreProvider> snapshotStores;
  private final Registry<ImageListHandlerProvider> imageListHandlers;
  private final Registry<ServicePackRunnerProvider> servicePackRunners;
  private final Registry<ContainerDriverProvider> containerDrivers;
  private final Registry<OverlaySharingProvider> overlaySharings;

  Overc(OvercBuilder builder) {
    this.config = builder.config();
    this.listener = builder.listener();
    List<ClassLoader> loaders = builder.loaders();
    this.hostUpgraders = Registry.load("host upgrader", HostUpgraderProvider.class, loaders);
    this.snapshotStores = Registry.load("snapshot store", SnapshotStoreProvider.class, loaders);
    this.imageListHandlers =
        Registry.load("image list handler", ImageListHandlerProvider.class, loaders);
    this.servicePackRunners =
        Registry.load("service pack runner", ServicePackRunnerProvider.class, loaders);
    this.containerDrivers =
        Registry.load("container driver", ContainerDriverProvider.class, loaders);
    this.overlaySharings = Registry.load("overlay sharing", OverlaySharingProvider.class, loaders);
    config.check(keys());
  }

  /**
   * Finds the backends, with everything unset: see {@link OvercBuilder}.
   *
   * @return the entry point
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an invalid id
   */
  public static Overc load() {
    return builder().load();
  }

  /**
   * Finds the backends with a configuration.
   *
   * @param config the configuration
   * @return the entry point
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an invalid id
   */
  public static Overc load(Config config) {
    return builder().config(config).load();
  }

  /** {@return a new builder with everything unset} */
  public static OvercBuilder builder() {
    return new OvercBuilder();
  }

  /** {@return the only usable host upgrader, newly made} */
  public HostUpgrader hostUpgrader() {
    return told(HostUpgrader.class, hostUpgraders.only(config).create(config));
  }

  /**
   * {@return the host upgrader of an id, newly made}
   *
   * @param id for example {@code btrfs}
   */
  public HostUpgrader hostUpgrader(String id) {
    return told(HostUpgrader.class, hostUpgraders.named(id).create(config));
  }

  /** {@return the only usable snapshot store, newly made} */
  public SnapshotStore snapshotStore() {
    return told(SnapshotStore.class, snapshotStores.only(config).create(config));
  }

  /**
   * {@return the snapshot store of an id, newly made}
   *
   * @param id for example {@code directory} or {@code btrfs}
   */
  public SnapshotStore snapshotStore(String id) {
    return told(SnapshotStore.class, snapshotStores.named(id).create(config));
  }

  /** {@return the only usable image list handler, newly made} */
  public ImageListHandler imageListHandler() {
    return told(ImageListHandler.class, imageListHandlers.only(config).create(config));
  }

  /**
   * {@return the image list handler of an id, newly made}
   *
   * @param id for example {@code opennebula}
   */
  public ImageListHandler imageListHandler(String id) {
    return told(ImageListHandler.class, imageListHandlers.named(id).create(config));
  }

  /** {@return the only usable service pack runner, newly made} */
  public ServicePackRunner servicePackRunner() {
    return told(ServicePackRunner.class, servicePackRunners.only(config).create(config));
  }

  /**
   * {@return the service pack runner of an id, newly made}
   *
   * @param id for example {@code docker}
   */
  public ServicePackRunner servicePackRunner(String id) {
    return told(ServicePackRunner.class, servicePackRunners.named(id).create(config));
  }

  /** {@return a new container driver of the only usable backend, with its default template} */
  public ContainerDriver containerDriver() {
    return told(ContainerDriver.class, containerDrivers.only(config).create(config));
  }

  /**
   * {@return a new container driver of a template: one that the configuration defines ({@code
   * template.NAME.backend}), else a site script of that name, else the backend of that id with its
   * default template}
   *
   * @param template for example {@code web}, or {@code lxc}
   * @throws InvalidArgumentException if the name is invalid
   * @throws BackendException if there is no such template, or it is configured without its backend;
   *     names those there are
   */
  public ContainerDriver containerDriver(String template) {
    return told(ContainerDriver.class, new Templates(config, containerDrivers).driver(template));
  }

  /**
   * {@return the names that {@link #containerDriver(String)} knows, sorted: the templates of the
   * configuration, the site scripts and the backends}
   */
  public List<String> templates() {
    return new Templates(config, containerDrivers).names();
  }

  /** {@return the only usable overlay sharing, newly made} */
  public OverlaySharing overlaySharing() {
    return told(OverlaySharing.class, overlaySharings.only(config).create(config));
  }

  /**
   * {@return the overlay sharing of an id, newly made}
   *
   * @param id for example {@code lxc}
   */
  public OverlaySharing overlaySharing(String id) {
    return told(OverlaySharing.class, overlaySharings.named(id).create(config));
  }

  /** {@return every configuration key that the found backends document, once, sorted by name} */
  public List<ConfigKey<?>> keys() {
    Map<String, ConfigKey<?>> byName = new TreeMap<>();
    Stream.concat(registries().flatMap(Registry::keys), Template.KEYS.stream())
        .forEach(key -> byName.putIfAbsent(key.name(), key)); // several providers share some
    return List.copyOf(byName.values());
  }

  /**
   * Examines every backend: usable or why not, with the versions of its tools.
   *
   * @return one entry for each backend, and one for each provider that could not be loaded
   */
  public List<Diagnosis> diagnose() {
    return registries().flatMap(registry -> registry.diagnose(config)).toList();
  }

  private <T> T told(Class<T> type, T backend) {
    return CommonListener.on(type, backend, listener);
  }

  private Stream<Registry<? extends BackendProvider<?>>> registries() {
    return Stream.of(
        hostUpgraders,
        snapshotStores,
        containerDrivers,
        overlaySharings,
        servicePackRunners,
        imageListHandlers);
  }
}
