package io.overc.examples.svp;

import io.overc.examples.console.Console;
import io.overc.servicepack.Port;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the ports of a pack. */
@Command(name = "ports", description = "Print the ports that a pack's services listen on.")
final class PortsCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "-b",
      required = true,
      paramLabel = "DIR",
      description = "The directory of the pack.")
  private Path pack = Path.of("");

  PortsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Port> ports = console.overc().servicePackRunner().open(pack).ports();
    return console.show(ports, out -> ports.forEach(out::println));
  }
}
