package io.overc.examples.svp;

import io.overc.examples.console.Console;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.ServiceStatus;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an instance. */
@Command(
    name = "run",
    description =
        "Run an instance as a service, and print its environment as it is now, without the"
            + " secrets.")
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "-i",
      required = true,
      paramLabel = "REPO[:TAG]",
      description = "The image that 'svp setup' made.")
  private String image = "";

  @Option(
      names = "-n",
      paramLabel = "ID",
      description = "The name of the service; by default the last part of REPO.")
  private @Nullable String name;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ImageTag instance = ImageTag.parse(image);
    String repository = instance.repository();
    String chosen = name;
    String service =
        chosen != null ? chosen : repository.substring(repository.lastIndexOf('/') + 1);
    ServiceStatus status =
        console.overc().servicePackRunner().run(instance, service, console.call());
    ServiceCommands.warnOfUnknownKeys(console, status);
    return console.show(status, out -> status.environment().lines().forEach(out::println));
  }
}
