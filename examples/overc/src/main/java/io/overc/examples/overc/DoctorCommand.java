package io.overc.examples.overc;

import io.overc.Diagnosis;
import io.overc.examples.console.Console;
import io.overc.examples.console.Table;
import io.overc.spi.ToolVersion;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows for every backend whether it is usable here, or why not and what to install. */
@Command(
    name = "doctor",
    description = "Show for every backend whether it is usable here, and what to install if not.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Diagnosis> diagnoses = console.overc().diagnose();
    return console.show(diagnoses, out -> diagnoses.forEach(diagnosis -> print(diagnosis, out)));
  }

  private static void print(Diagnosis diagnosis, PrintStream out) {
    String verdict = diagnosis.availability().usable() ? "usable" : "NOT usable";
    out.println(diagnosis.kind() + " " + diagnosis.id() + ": " + verdict);
    if (!diagnosis.availability().usable()) {
      out.println("    " + diagnosis.availability().reason());
    }
    Table tools = new Table();
    for (ToolVersion tool : diagnosis.tools()) {
      tools.row(tool.tool(), tool.version().orElse("missing: " + tool.note()));
    }
    tools.print(out, "    ");
  }
}
