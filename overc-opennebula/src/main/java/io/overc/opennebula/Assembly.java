package io.overc.opennebula;

import static io.overc.opennebula.OpenNebulaKeys.*;

import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.error.OvercException;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.IoErrors;
import io.overc.opennebula.cloud.Cloud;
import io.overc.opennebula.cloud.OneEnvironment;
import io.overc.opennebula.disk.DiskFormat;
import io.overc.opennebula.disk.DiskLimits;
import io.overc.opennebula.disk.DiskOptions;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.lifecycle.LifeCycle;
import io.overc.opennebula.lifecycle.Settings;
import io.overc.opennebula.spool.SpoolingHandler;
import io.overc.opennebula.xml.SafeXml;
import io.overc.opennebula.xmlrpc.XmlRpcClient;
import io.overc.opennebula.xmlrpc.XmlRpcOptions;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts a handler together from a configuration and what was given instead of it. */
final class Assembly {
  private static final int LONGEST = 64 << 20;
  private static final String ATTRIBUTES = ATTRIBUTE.name().replace("*", "");

  /** What the handler itself decides; the configuration must not say otherwise. */
  private static final Set<String> OWN = Set.of("NAME", "PATH", "SOURCE", "SIZE", "PERSISTENT");

  Map<String, String> environment = System.getenv();
  Path root = Path.of("/");
  CommandRunner runner = CommandRunner.system();
  SideEffects effects = SideEffects.direct();
  Clock clock = Clock.systemUTC();
  @Nullable Function<ImageEvent, String> datastore;
  @Nullable Function<ImageEvent, Optional<String>> group;
  @Nullable Predicate<String> subscribed;

  ImageListHandler handler(Config config) {
    SafeXml xml = new SafeXml();
    Cloud cloud = cloud(config, xml);
    DiskPreparation disks = new DiskPreparation(disks(config), runner, xml, effects);
    OpenNebulaImageListHandler handler =
        new OpenNebulaImageListHandler(new LifeCycle(cloud, settings(config), disks, clock));
    return config
        .find(SPOOL)
        .<ImageListHandler>map(
            directory ->
                new SpoolingHandler(
                    handler::batch, directory, config.get(COPY_TIMEOUT), effects, clock))
        .orElse(handler);
  }

  private Cloud cloud(Config config, SafeXml xml) {
    OneEnvironment one = new OneEnvironment(environment, root);
    XmlRpcOptions options =
        new XmlRpcOptions(
            one.endpoint(config.find(ENDPOINT)),
            config.get(TIMEOUT),
            config.get(LONGEST_ANSWER),
            config
                .find(TRUST_STORE)
                .map(file -> TrustStore.read(file, config.find(TRUST_STORE_PASSWORD))));
    String session = one.session(config.find(AUTH_FILE));
    return new Cloud(new XmlRpcClient(options, xml), session, xml, effects);
  }

  private static DiskOptions disks(Config config) {
    return new DiskOptions(
        Set.copyOf(config.get(CONVERT)),
        config.get(TARGET).equals("raw") ? DiskFormat.RAW : DiskFormat.QCOW2,
        config.find(STAGING),
        new DiskLimits(
            config.get(LARGEST_DISK), config.get(OVA_ENTRIES), config.get(CONVERT_TIMEOUT)));
  }

  private Settings settings(Config config) {
    Function<ImageEvent, Optional<String>> voGroup =
        event -> event.find("VO").flatMap(vo -> config.find(VO_GROUP.named(vo)));
    Function<ImageEvent, String> voDatastore =
        event ->
            event
                .find("VO")
                .flatMap(vo -> config.find(VO_DATASTORE.named(vo)))
                .orElseGet(() -> config.get(DATASTORE));
    Optional<Predicate<String>> listed =
        config.find(SUBSCRIBED).map(file -> identifier -> names(file).contains(identifier));
    return new Settings(
        datastore == null ? voDatastore : datastore,
        group == null ? voGroup : group,
        attributes(config),
        config.get(FORMAT_ATTRIBUTES),
        config.get(FIRST_PERMISSIONS),
        config.get(ENDING),
        config.get(PARKING_USER),
        Optional.ofNullable(subscribed).or(() -> listed),
        config.get(GRACE),
        config.get(COPY_TIMEOUT),
        config.get(POLL),
        config.get(PAGE));
  }

  private static Map<String, String> attributes(Config config) {
    Map<String, String> attributes = new TreeMap<>();
    for (String key : config.names()) {
      if (ATTRIBUTE.matches(key)) {
        String name = key.substring(ATTRIBUTES.length());
        boolean own =
            OWN.contains(name) || name.startsWith("OVERC_") || name.startsWith("VMCATCHER_");
        if (own || !name.matches("[A-Z_][A-Z0-9_]*")) {
          throw new ConfigException(
              List.of(
                  "'"
                      + key
                      + "': expected the name of an attribute, of A to Z, 0 to 9 and _, that the handler does not set itself"));
        }
        attributes.put(name, config.get(ATTRIBUTE.named(name)));
      }
    }
    return attributes;
  }

  /** Reads the file for each event: it changes as the site subscribes. */
  private static List<String> names(Path file) {
    try {
      return BoundedFiles.utf8(file, LONGEST).lines().map(String::strip).toList();
    } catch (IOException e) {
      throw new OvercException(
          "Could not read the subscribed images from "
              + file
              + ": "
              + IoErrors.reason(e)
              + "; nothing expires",
          e);
    }
  }
}
