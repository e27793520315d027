package io.overc.docker;

import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.event.OperationOptions;
import io.overc.testkit.FaultInjector;
import java.io.IOException;
import java.nio.file.Path;

/** Activates a container in a JVM of its own, which is killed: CONFIG IMAGE NAME POINT. */
final class ActivateMain {
  private ActivateMain() {}

  public static void main(String[] arguments) throws IOException {
    Template template = Template.builder("kit", "docker").image(arguments[1]).build();
    FaultInjector faults =
        FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(arguments[3]));
    DockerContainerDriver.builder()
        .config(SetupMain.config(Path.of(arguments[0])))
        .template(template)
        .effects(faults)
        .build()
        .activate(arguments[2], WhenActive.STOP, OperationOptions.defaults());
  }
}
