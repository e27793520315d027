package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.error.InterruptedOperationException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServicePackRunner;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Gets a signal while it does something: SIGNAL CONFIG EFFECT WHAT ARGUMENT… */
final class CancelMain {
  private CancelMain() {}

  public static void main(String[] arguments) throws IOException {
    Interruption signal = Interruption.signalDuring(arguments[2], 500, arguments[0]);
    Config config = SetupMain.config(Path.of(arguments[1]));
    OperationOptions call = OperationOptions.defaults();
    String first = arguments[4];
    ContainerDriver driver =
        DockerContainerDriver.builder()
            .config(config)
            .template(
                Template.builder("kit", "docker").image(arguments[arguments.length - 1]).build())
            .effects(signal)
            .build();
    ServicePackRunner runner =
        DockerServicePackRunner.builder().config(config).effects(signal).build();
    try {
      switch (arguments[3]) {
        case "snapshot" -> WholeSnapshot.of(driver, first, call);
        case "stop" -> driver.stop(first, call);
        case "activate" -> driver.activate(first, WhenActive.STOP, call);
        case "build" ->
            runner.build(
                runner.open(Path.of(first)),
                ImageTag.parse(arguments[5]),
                BuildPhase.BASE,
                BuildOptions.defaults(),
                call);
        default -> throw new IllegalArgumentException(String.join(" ", List.of(arguments)));
      }
      System.out.println("not cancelled");
    } catch (InterruptedOperationException e) {
      System.out.println("cancelled: " + Thread.currentThread().isInterrupted());
    }
  }
}
