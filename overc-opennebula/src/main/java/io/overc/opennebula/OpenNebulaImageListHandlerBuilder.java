package io.overc.opennebula;

import static io.overc.opennebula.OpenNebulaKeys.AUTH_FILE;
import static io.overc.opennebula.OpenNebulaKeys.ENDPOINT;
import static io.overc.opennebula.OpenNebulaKeys.LONGEST_ANSWER;
import static io.overc.opennebula.OpenNebulaKeys.PAGE;
import static io.overc.opennebula.OpenNebulaKeys.PLAIN_HTTP;
import static io.overc.opennebula.OpenNebulaKeys.SPOOL;
import static io.overc.opennebula.OpenNebulaKeys.TIMEOUT;
import static io.overc.opennebula.OpenNebulaKeys.TRUST_STORE;
import static io.overc.opennebula.OpenNebulaKeys.TRUST_STORE_PASSWORD;

import io.overc.config.Config;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.lifecycle.LifeCycle;
import io.overc.opennebula.lifecycle.SiteOptions;
import io.overc.opennebula.xml.XmlRpcClient;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link OpenNebulaImageListHandler}. Everything has a default: the front-end and the
 * credentials are those that the {@code one*} commands would use. Not thread-safe.
 */
public final class OpenNebulaImageListHandlerBuilder {
  private Config config = Config.empty();
  private Map<String, String> environment = System.getenv();
  private CommandRunner runner = CommandRunner.system();
  private @Nullable Function<ImageEvent, String> datastore;
  private @Nullable Function<ImageEvent, Optional<String>> group;
  private @Nullable Predicate<String> subscribed;
  private SideEffects effects = SideEffects.direct();
  private Clock clock = Clock.systemUTC();
  private Path root = Path.of("/");

  OpenNebulaImageListHandlerBuilder() {}

  /**
   * Sets the configuration.
   *
   * @param value has the keys {@code opennebula.*}; by default none is set
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder config(Config value) {
    config = value;
    return this;
  }

  /**
   * Sets the environment that names endpoint and credentials.
   *
   * @param variables the environment; by default the one of this process
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /**
   * Sets what runs qemu-img.
   *
   * @param value the runner; by default real processes
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder runner(CommandRunner value) {
    runner = value;
    return this;
  }

  /**
   * Chooses the datastore for each event, instead of {@code opennebula.datastore}.
   *
   * @param choice returns a name or a number
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder datastore(Function<ImageEvent, String> choice) {
    datastore = choice;
    return this;
  }

  /**
   * Chooses the group of first images, instead of {@code opennebula.vo.*.group}.
   *
   * @param choice returns a name or a number, or empty for the group of the user
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder group(Function<ImageEvent, Optional<String>> choice) {
    group = choice;
    return this;
  }

  /**
   * Decides which images are subscribed to, instead of {@code opennebula.subscribed-file}: those do
   * not expire, others do at once. Without either an expiry waits for {@code
   * opennebula.expiry-grace}.
   *
   * @param test takes a {@code dc:identifier}
   * @return this
   */
  public OpenNebulaImageListHandlerBuilder subscribed(Predicate<String> test) {
    subscribed = test;
    return this;
  }

  OpenNebulaImageListHandlerBuilder effects(SideEffects value) {
    effects = value;
    return this;
  }

  OpenNebulaImageListHandlerBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  OpenNebulaImageListHandlerBuilder root(Path directory) {
    root = directory;
    return this;
  }

  /**
   * Makes the handler, without calling the cloud.
   *
   * @return a handler, with a spool if {@code opennebula.spool} is set
   * @throws io.overc.error.ConfigException if the configuration cannot be used, or there are no
   *     credentials
   */
  public OpenNebulaImageListHandler build() {
    SiteOptions options = new SiteOptions(config, datastore, group, subscribed);
    DiskPreparation disks = new DiskPreparation(config, runner, effects);
    EventQueue queue =
        config
            .find(SPOOL)
            .<EventQueue>map(
                directory ->
                    new SpoolQueue(new Spool(directory, effects, clock), options.copyTimeout()))
            .orElseGet(EventQueue::new);
    return new OpenNebulaImageListHandler(new LifeCycle(cloud(), options, disks, clock), queue);
  }

  private Cloud cloud() {
    OneEnvironment one = new OneEnvironment(environment, root);
    XmlRpcClient client =
        new XmlRpcClient(
            one.endpoint(config.find(ENDPOINT), config.get(PLAIN_HTTP)),
            config.get(TIMEOUT),
            config.get(LONGEST_ANSWER),
            config
                .find(TRUST_STORE)
                .map(file -> TrustStore.read(file, config.find(TRUST_STORE_PASSWORD))));
    return new Cloud(client, one.session(config.find(AUTH_FILE)), config.get(PAGE), effects);
  }
}
