package io.overc;

import io.overc.config.Config;
import io.overc.config.ConfigFile;
import io.overc.config.ConfigKey;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.error.BackendException;
import io.overc.error.ConfigException;
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
import java.util.stream.Stream;

/**
 * The way in: finds the backends on the class path or module path and makes them from one {@link
 * Config}.
 *
 * <pre>{@code
 * Overc overc = Overc.load(Config.of(Map.of("btrfs.package-manager", "dnf")));
 * HostUpgrader host = overc.hostUpgrader();
 * if (!host.newer().isEmpty()) {
 *   host.upgrade(UpgradeOptions.defaults().withReboot(true), event -> log.info("{}", event));
 * }
 * }</pre>
 *
 * <p>The methods without an id make the only usable backend of their kind. Where there is none, or
 * more than one, they fail with a {@link BackendException} that names what was found. Nothing is
 * remembered between calls; every call makes a new backend. Immutable, thread-safe.
 */
public final class Overc {
  private final Config config;
  private final Registry<HostUpgraderProvider> hostUpgraders;
  private final Registry<SnapshotStoreProvider> snapshotStores;
  private final Registry<ImageListHandlerProvider> imageListHandlers;
  private final Registry<ServicePackRunnerProvider> servicePackRunners;
  private final Registry<ContainerDriverProvider> containerDrivers;
  private final Registry<OverlaySharingProvider> overlaySharings;

  private Overc(Config config, ClassLoader loader) {
    this.config = config;
    this.hostUpgraders = Registry.load("host upgrader", HostUpgraderProvider.class, loader);
    this.snapshotStores = Registry.load("snapshot store", SnapshotStoreProvider.class, loader);
    this.imageListHandlers =
        Registry.load("image list handler", ImageListHandlerProvider.class, loader);
    this.servicePackRunners =
        Registry.load("service pack runner", ServicePackRunnerProvider.class, loader);
    this.containerDrivers =
        Registry.load("container driver", ContainerDriverProvider.class, loader);
    this.overlaySharings = Registry.load("overlay sharing", OverlaySharingProvider.class, loader);
    config.check(keys());
  }

  /**
   * Finds the backends; configured as the command lines are: by the standard file and the
   * environment.
   *
   * @return the way in
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an id that is none
   */
  public static Overc load() {
    return load(ConfigFile.locate(null, System.getenv()));
  }

  /**
   * Finds the backends that the context class loader sees.
   *
   * @param config the configuration
   * @return the way in
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an id that is none
   */
  public static Overc load(Config config) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return load(config, context != null ? context : Overc.class.getClassLoader());
  }

  /**
   * Finds the backends that a class loader sees.
   *
   * @param config the configuration
   * @param loader the class loader
   * @return the way in
   * @throws ConfigException naming every unknown key and every bad value
   * @throws BackendException if two providers have the same id, or one has an id that is none
   */
  public static Overc load(Config config, ClassLoader loader) {
    return new Overc(config, loader);
  }

  /**
   * Makes the only usable host upgrader.
   *
   * @return a new backend
   */
  public HostUpgrader hostUpgrader() {
    return hostUpgraders.only(config).create(config);
  }

  /**
   * Makes the host upgrader of an id.
   *
   * @param id for example {@code btrfs}
   * @return a new backend
   */
  public HostUpgrader hostUpgrader(String id) {
    return hostUpgraders.named(id).create(config);
  }

  /**
   * Makes the only usable snapshot store.
   *
   * @return a new backend
   */
  public SnapshotStore snapshotStore() {
    return snapshotStores.only(config).create(config);
  }

  /**
   * Makes the snapshot store of an id.
   *
   * @param id for example {@code directory} or {@code btrfs}
   * @return a new backend
   */
  public SnapshotStore snapshotStore(String id) {
    return snapshotStores.named(id).create(config);
  }

  /**
   * Makes the only usable image list handler.
   *
   * @return a new backend
   */
  public ImageListHandler imageListHandler() {
    return imageListHandlers.only(config).create(config);
  }

  /**
   * Makes the image list handler of an id.
   *
   * @param id for example {@code opennebula}
   * @return a new backend
   */
  public ImageListHandler imageListHandler(String id) {
    return imageListHandlers.named(id).create(config);
  }

  /**
   * Makes the only usable service pack runner.
   *
   * @return a new backend
   */
  public ServicePackRunner servicePackRunner() {
    return servicePackRunners.only(config).create(config);
  }

  /**
   * Makes the service pack runner of an id.
   *
   * @param id for example {@code docker}
   * @return a new backend
   */
  public ServicePackRunner servicePackRunner(String id) {
    return servicePackRunners.named(id).create(config);
  }

  /**
   * Makes the container driver of the only usable backend, with its default template.
   *
   * @return a new driver
   */
  public ContainerDriver containerDriver() {
    return containerDrivers.only(config).create(config);
  }

  /**
   * Makes the container driver of a template: one that the configuration defines ({@code
   * template.NAME.backend}), else a site script of that name, else the backend of that id with its
   * default template.
   *
   * @param template for example {@code web}, or {@code lxc}
   * @return a new driver
   * @throws IllegalArgumentException if that is no name of a template
   * @throws BackendException if there is no such template, or it is configured without its backend;
   *     names those there are
   */
  public ContainerDriver containerDriver(String template) {
    return new Templates(config, containerDrivers).driver(template);
  }

  /**
   * Returns the names that {@link #containerDriver(String)} knows.
   *
   * @return the templates of the configuration, the site scripts and the backends, sorted
   */
  public List<String> templates() {
    return new Templates(config, containerDrivers).names();
  }

  /**
   * Makes the only usable overlay sharing.
   *
   * @return a new backend
   */
  public OverlaySharing overlaySharing() {
    return overlaySharings.only(config).create(config);
  }

  /**
   * Makes the overlay sharing of an id.
   *
   * @param id for example {@code lxc}
   * @return a new backend
   */
  public OverlaySharing overlaySharing(String id) {
    return overlaySharings.named(id).create(config);
  }

  /**
   * Returns every configuration key that the found backends document.
   *
   * @return the keys, without repetition, sorted by name
   */
  public List<ConfigKey<?>> keys() {
    return Stream.concat(registries().flatMap(Registry::keys), Template.KEYS.stream())
        .collect(DistinctKeys.sorted());
  }

  /**
   * Examines every backend: usable or why not, with the versions of its tools.
   *
   * @return one entry for each backend, and one for each provider that could not be loaded
   */
  public List<Diagnosis> diagnose() {
    return registries().flatMap(registry -> registry.diagnose(config)).toList();
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
