package io.overc.examples.svp;

import io.overc.error.OvercException;
import io.overc.examples.console.Console;
import io.overc.examples.console.Table;
import io.overc.servicepack.ComponentStatus;
import io.overc.servicepack.Port;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands for services that exist. */
final class ServiceCommands {
  private ServiceCommands() {}

  static void warnOfUnknownKeys(Console console, ServiceStatus status) {
    for (String key : status.environment().unknownKeys()) {
      console.err().println("svp: warning: nothing is known to put in the place of " + key);
    }
  }

  /** What commands for one service share. */
  abstract static class OfService implements Callable<Integer> {
    final Console console;

    @Option(
        names = "-c",
        required = true,
        paramLabel = "ID",
        description = "The service; ID/COMPONENT for one of its components.")
    String service = "";

    OfService(Console console) {
      this.console = console;
    }

    final ServicePackRunner runner() {
      return console.overc().servicePackRunner();
    }

    final int done(String what) {
      return console.show(new Done(service, what), out -> out.println(service + " is " + what));
    }
  }

  record Done(String service, String state) {}

  /** Lists the services. */
  @Command(
      name = "ps",
      description = "List the services; remove what interrupted commands left behind.")
  static final class Ps implements Callable<Integer> {
    private final Console console;

    Ps(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      ServicePackRunner runner = console.overc().servicePackRunner();
      for (String left : runner.recover()) {
        console.err().println("svp: removed what an interrupted command left: " + left);
      }
      List<ServiceStatus> services = runner.list();
      return console.show(services, out -> print(services, out));
    }

    private static void print(List<ServiceStatus> services, PrintStream out) {
      Table table = new Table().row("ID", "STATE", "ADDRESS", "PORTS", "IMAGE", "COMPONENTS");
      for (ServiceStatus service : services) {
        table.row(
            service.name(),
            service.state().name().toLowerCase(Locale.ROOT),
            service.address().orElse("-"),
            joined(service.ports().stream().map(Port::toString).toList()),
            service.image(),
            joined(service.components().stream().map(Ps::component).toList()));
      }
      table.print(out, "");
    }

    private static String component(ComponentStatus component) {
      return component.name().isEmpty()
          ? "-"
          : component.name() + "=" + component.address().orElse(component.state());
    }

    private static String joined(List<String> parts) {
      return parts.isEmpty() ? "-" : parts.stream().collect(Collectors.joining(","));
    }
  }

  /** Prints the environment of a service. */
  @Command(
      name = "env",
      description = "Print a service's environment as it is now, without the secrets.")
  static final class Env extends OfService {
    Env(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      ServiceStatus status = runner().status(service);
      warnOfUnknownKeys(console, status);
      return console.show(
          status.environment(), out -> status.environment().lines().forEach(out::println));
    }
  }

  /** Starts a service. */
  @Command(name = "start", description = "Start a service that was stopped.")
  static final class Start extends OfService {
    Start(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      runner().start(service, console.call());
      return done("running");
    }
  }

  /** Stops a service. */
  @Command(name = "stop", description = "Stop a service, its components in reverse order.")
  static final class Stop extends OfService {
    Stop(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      runner().stop(service, console.call());
      return done("stopped");
    }
  }

  /** Removes services, and what interrupted operations left. */
  @Command(
      name = "rm",
      description =
          "Stop and remove services; without any, only what interrupted commands left behind. The"
              + " images stay.")
  static final class Rm implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "ID", description = "The services.")
    private List<String> services = new ArrayList<>();

    Rm(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      ServicePackRunner runner = console.overc().servicePackRunner();
      List<String> removed = new ArrayList<>();
      List<OvercException> failures = new ArrayList<>();
      for (String service : services) {
        try {
          runner.remove(service, console.call());
          removed.add("service " + service);
        } catch (OvercException e) {
          failures.add(e);
        }
      }
      removed.addAll(runner.recover());
      int code =
          console.show(removed, out -> removed.forEach(each -> out.println("removed " + each)));
      failures.stream().skip(1).forEach(e -> console.err().println("svp: " + e.getMessage()));
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
      return code;
    }
  }

  /** Prints the end of a log. */
  @Command(name = "logs", description = "Print the end of what a service printed.")
  static final class Logs extends OfService {
    @Option(
        names = "--lines",
        paramLabel = "N",
        defaultValue = "100",
        description = "How many lines at most (${DEFAULT-VALUE}).")
    private int lines;

    Logs(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      List<String> log = runner().logs(service, lines);
      return console.show(log, out -> log.forEach(out::println));
    }
  }

  /** Backs a service up. */
  @Command(name = "backup", description = "Back a service up to a file.")
  static final class Backup extends OfService {
    @Option(
        names = "-o",
        required = true,
        paramLabel = "FILE",
        description = "The new file; 'svp setup --restore FILE' starts from it.")
    private Path file = Path.of("");

    Backup(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      runner().backup(service, file, console.call());
      return done("backed up to " + file);
    }
  }

  /** Opens a shell in a service. */
  @Command(name = "shell", description = "Open a shell in a service.")
  static final class Shell extends OfService {
    Shell(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      return runner().openShell(service);
    }
  }
}
