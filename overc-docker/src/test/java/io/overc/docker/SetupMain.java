package io.overc.docker;

import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.FaultInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Does one operation in a JVM of its own, which a fault may kill: OPERATION CONFIG PACK BASE
 * INSTANCE SERVICE POINT. With {@code trace} it sets an instance up with the log at its most
 * talkative.
 */
final class SetupMain {
  private SetupMain() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("trace")) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "trace");
    }
    Config config = config(Path.of(arguments[1]));
    FaultInjector faults =
        FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(arguments[6]));
    // Opened by another one: the query scripts have containers of their own.
    ServicePack pack =
        DockerServicePackRunner.builder().config(config).build().open(Path.of(arguments[2]));
    run(DockerServicePackRunner.builder().config(config).effects(faults).build(), arguments, pack);
  }

  /** Reads what {@link Workbench#configFile} wrote. */
  static Config config(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Config config = Config.empty();
    for (var key : DockerKeys.all()) {
      String value = properties.getProperty(key.name());
      config = value == null ? config : config.with(key, value);
    }
    return config;
  }

  private static void run(ServicePackRunner runner, String[] arguments, ServicePack pack) {
    ImageTag base = ImageTag.parse(arguments[3]);
    ImageTag instance = ImageTag.parse(arguments[4]);
    BuildOptions plain = BuildOptions.defaults();
    switch (arguments[0]) {
      case "build" -> runner.build(pack, base, BuildPhase.BASE, plain, OperationOptions.defaults());
      case "setup" -> runner.setup(pack, base, instance, plain, OperationOptions.defaults());
      case "run" -> runner.run(instance, arguments[5], OperationOptions.defaults());
      case "trace" ->
          runner.setup(
              pack,
              base,
              instance,
              plain.toBuilder().secrets(Secrets.of(Map.of("HIDDEN", LeakIT.SECRET))).build(),
              OperationOptions.defaults());
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }
}
