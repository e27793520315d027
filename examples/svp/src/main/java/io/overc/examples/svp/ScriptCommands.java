package io.overc.examples.svp;

import io.overc.examples.console.Console;
import io.overc.exec.CommandResult;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that run a script of the pack in a service, with its exit code. */
final class ScriptCommands {
  private ScriptCommands() {}

  /** From the first argument on, everything is for the script, whatever it looks like. */
  private static void leaveArgumentsAlone(CommandSpec spec) {
    spec.parser().stopAtPositional(true).stopAtUnmatched(true);
  }

  private static int show(Console console, CommandResult result) {
    console.show(
        new Output(result.exitCode(), result.stdout(), result.stderr()),
        out -> {
          out.print(result.stdout());
          console.err().print(result.stderr());
        });
    return result.exitCode();
  }

  record Output(int exitCode, String stdout, String stderr) {}

  /** Runs the client. */
  @Command(
      name = "client",
      description = "Run a service's client, with this terminal; exit with its code.")
  static final class Client extends ServiceCommands.OfService {
    @Parameters(paramLabel = "ARGUMENT", description = "Passed to the client as it stands.")
    private List<String> arguments = new ArrayList<>();

    Client(Console console) {
      super(console);
    }

    @Spec
    void spec(CommandSpec spec) {
      leaveArgumentsAlone(spec);
    }

    @Override
    public Integer call() {
      return console.json()
          ? show(console, runner().client(service, arguments))
          : runner().openClient(service, arguments);
    }
  }

  /** Runs an extra. */
  @Command(
      name = "extra",
      description = "Run an extra of a service's pack ('help' lists them); exit with its code.")
  static final class Extra extends ServiceCommands.OfService {
    @Parameters(paramLabel = "ARGUMENT", description = "Passed to the extra as it stands.")
    private List<String> arguments = new ArrayList<>();

    Extra(Console console) {
      super(console);
    }

    @Spec
    void spec(CommandSpec spec) {
      leaveArgumentsAlone(spec);
    }

    @Override
    public Integer call() {
      return show(console, runner().extra(service, arguments));
    }
  }
}
