package io.overc.examples.overc;

import io.overc.container.ContainerDriver;
import io.overc.examples.console.Console;
import io.overc.exec.CommandResult;
import io.overc.script.ScriptContainerDriver;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls a site script where the template is one, and hands its output and exit code through. */
final class ScriptRun {
  private final ContainerDriver driver;
  private final Console console;

  ScriptRun(ContainerDriver driver, Console console) {
    this.driver = driver;
    this.console = console;
  }

  /**
   * Calls the script once for each argument list, until one does not return 0.
   *
   * @return the exit code of the last call; empty if the template is no site script
   */
  @SafeVarargs
  final Optional<Integer> run(List<String>... calls) {
    if (!(driver instanceof ScriptContainerDriver script)) {
      return Optional.empty();
    }
    List<Answer> answers = new ArrayList<>();
    int code = 0;
    for (List<String> arguments : calls) {
      CommandResult result = script.call(arguments, show(console.out()), show(console.err()));
      answers.add(Answer.of(arguments, result));
      code = result.exitCode();
      if (code != 0) {
        break;
      }
    }
    if (console.json()) {
      console.show(calls.length == 1 ? answers.get(0) : answers, out -> {});
    }
    return Optional.of(code);
  }

  private Consumer<String> show(PrintStream stream) {
    return console.json() ? line -> {} : stream::println;
  }

  /** What --json prints of a call. */
  record Answer(List<String> arguments, int exitCode, List<String> output, List<String> errors) {
    static Answer of(List<String> arguments, CommandResult result) {
      return new Answer(
          arguments,
          result.exitCode(),
          result.stdout().lines().toList(),
          result.stderr().lines().toList());
    }
  }
}
