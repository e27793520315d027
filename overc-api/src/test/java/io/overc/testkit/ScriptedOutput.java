package io.overc.testkit;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Sends scripted output where the real runner sends that of a tool. */
final class ScriptedOutput {
  private ScriptedOutput() {}

  static CommandResult deliver(Command command, CommandResult scripted) {
    String stdout = scripted.stdout();
    if (command.outputFile().isPresent()) {
      try {
        Files.writeString(command.outputFile().get(), stdout);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      stdout = "";
    }
    CommandResult result =
        new CommandResult(
            command,
            scripted.exitCode(),
            redact(command, stdout),
            redact(command, scripted.stderr()),
            scripted.took());
    result.lines().forEach(line -> tell(command.lines(), line));
    result.stderr().lines().forEach(line -> tell(command.errorLines(), line));
    return result;
  }

  private static void tell(Consumer<String> consumer, String line) {
    try {
      consumer.accept(line);
    } catch (RuntimeException e) {
      // The real runner bears this too.
    }
  }

  private static String redact(Command command, String text) {
    String safe = text;
    for (String secret : command.secrets()) {
      safe = safe.replace(secret, "***");
    }
    return safe;
  }
}
