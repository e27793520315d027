package io.overc.examples.console;

import io.overc.error.BusyException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.Remedy;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A program that fails and works as it is told. */
@Command(
    name = "probe",
    subcommands = {ProbeCommand.Fail.class, ProbeCommand.Work.class, ProbeCommand.Keys.class})
final class ProbeCommand {

  @Command(name = "fail", description = "Fails.")
  static final class Fail implements Callable<Integer> {
    @Parameters(paramLabel = "KIND")
    private String kind = "";

    @Override
    public Integer call() {
      throw switch (kind) {
        case "refused" -> new RefusedException("Could not roll back: in backup mode; reboot first");
        case "busy" -> new BusyException("host upgrade of /", "pid 4711: upgrade");
        case "not-found" -> new NotFoundException("There is no container 'web'; see the list");
        case "argument" -> new InvalidArgumentException("'../x' is an invalid name");
        case "image" ->
            new RefusedException(
                RefusedException.Guard.NO_IMAGE,
                "Template 'web' has no image",
                Remedy.of(Remedy.Action.SEND_IMAGE, "web", "send it one"));
        case "lists" ->
            new NotFoundException(
                "There is no 'web'", Remedy.of(Remedy.Action.LIST_CONTAINERS, "", "list them"));
        case "name" -> new IllegalArgumentException("'../x' is not a name");
        case "lines" -> new OvercException("Could not upgrade: dnf returned 1: one\ntwo\nthree\n");
        default -> new IllegalStateException("a defect");
      };
    }
  }

  @Command(name = "work", description = "Works.")
  static final class Work implements Callable<Integer> {
    private final Console console;

    @Option(names = "--times")
    private int times = 1;

    Work(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Operation.run(
          console.call(),
          new OperationKind("probe"),
          "a thing",
          operation -> {
            operation.step("prepare");
            operation.output("tool", "a line");
            operation.step("do it");
            operation.progress(Event.Unit.ITEMS, 3, OptionalLong.of(12));
            operation.warn("mind the gap");
            return true;
          });
      return console.show(new Done("a thing", times), out -> out.println("Done: a thing"));
    }
  }

  @Command(name = "keys", description = "Checks the configuration.")
  static final class Keys implements Callable<Integer> {
    private final Console console;

    Keys(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      return console.show(console.overc().keys().size(), out -> out.println("good"));
    }
  }

  record Done(String what, int times) {}
}
