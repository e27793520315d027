package io.overc.examples.svp;

import io.overc.examples.console.Program;
import picocli.CommandLine.Command;

/** Starts the command {@code svp}. */
@Command(
    name = "svp",
    description = "Builds service packs into images, and runs and asks the services.",
    subcommands = {
      BuildCommand.class,
      SetupCommand.class,
      PortsCommand.class,
      RunCommand.class,
      ServiceCommands.Ps.class,
      ServiceCommands.Env.class,
      ServiceCommands.Start.class,
      ServiceCommands.Stop.class,
      ServiceCommands.Rm.class,
      ServiceCommands.Logs.class,
      ServiceCommands.Backup.class,
      ServiceCommands.Shell.class,
      ScriptCommands.Client.class,
      ScriptCommands.Extra.class
    })
public final class SvpCommand {
  SvpCommand() {}

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(Program.of(SvpCommand.class).run(arguments));
  }
}
