package io.overc.examples.overc;

import io.overc.examples.console.Program;
import picocli.CommandLine.Command;

/** Starts the command {@code overc}. */
@Command(
    name = "overc",
    description = "Keeps this machine and what runs on it upgradable and able to go back.",
    subcommands = {HostCommand.class, ContainerCommand.class, DoctorCommand.class})
public final class OvercCommand {
  OvercCommand() {}

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(Program.of(OvercCommand.class).run(arguments));
  }
}
