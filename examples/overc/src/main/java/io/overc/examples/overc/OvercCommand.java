package io.overc.examples.overc;

import io.overc.error.Remedy.Action;
import io.overc.examples.console.Program;
import picocli.CommandLine.Command;

/** Starts the command {@code overc}. */
@Command(
    name = "overc",
    description = "Keeps this machine and what runs on it upgradable and able to go back.",
    subcommands = {HostCommand.class, ContainerCommand.class, DoctorCommand.class})
public final class OvercCommand {
  OvercCommand() {}

  /** The program on the terminal of this process, with its commands for each remedy. */
  static Program program() {
    return Program.of(OvercCommand.class)
        .withRemedy(Action.HOST_STATUS, "overc host status")
        .withRemedy(Action.HOST_PREFLIGHT, "overc host preflight")
        .withRemedy(Action.HOST_RECOVER, "overc host recover")
        .withRemedy(Action.HOST_CANCEL, "overc host cancel")
        .withRemedy(
            Action.HOST_PENDING_POLICY, "overc host cancel, or pass --continue or --replace")
        .withRemedy(Action.ALLOW_STOP, "pass -f")
        .withRemedy(Action.DEFER, "pass --defer")
        .withRemedy(Action.SEND_IMAGE, "overc container send_image IMAGE_URL %s")
        .withRemedy(Action.LIST_CONTAINERS, "overc container list_containers")
        .withRemedy(Action.LIST_SNAPSHOTS, "overc container list_snapshots %s")
        .withRemedy(Action.SNAPSHOT, "overc container snapshot %s")
        .withRemedy(Action.DELETE_SNAPSHOTS, "overc container delete_snapshots %s")
        .withRemedy(Action.ROLLBACK, "overc container rollback %s")
        .withRemedy(Action.SHARE, "overc container overlay %s --dir DIR --source SOURCE")
        .withRemedy(Action.STOP_SHARING, "overc container overlay %s --stop");
  }

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(program().run(arguments));
  }
}
