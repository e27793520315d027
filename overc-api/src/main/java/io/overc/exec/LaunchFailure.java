package io.overc.exec;

import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says why a process could not be started, and what to do. */
final class LaunchFailure {
  private LaunchFailure() {}

  static OvercException of(Command command, IOException e) {
    String attempt = "Could not run " + command + ": ";
    Optional<Path> directory = command.directory();
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      return new OvercException(attempt + "its directory " + directory.get() + " is missing", e);
    }
    if (e.getCause() instanceof FileNotFoundException) {
      return new OvercException(
          attempt + "its output cannot be written to " + e.getCause().getMessage(), e);
    }
    String why = String.valueOf(e.getMessage());
    // The JDK tells the error number in the text only: ENOENT, EACCES, E2BIG.
    if (why.contains("error=2,")) {
      return new UnavailableException(attempt + missing(command));
    }
    if (why.contains("error=13,")) {
      return new UnavailableException(
          attempt + "it may not be executed; check the permissions of " + where(command));
    }
    if (why.contains("error=7,")) {
      return new OvercException(attempt + "it has too many arguments for this system", e);
    }
    return new OvercException(attempt + why.substring(why.lastIndexOf('=') + 1), e);
  }

  private static String missing(Command command) {
    String program = command.arguments().get(0);
    return Tools.find(program).isPresent()
        ? "the interpreter in the first line of " + where(command) + " is not there; install it"
        : "it is not there; " + Tools.fix(program);
  }

  private static String where(Command command) {
    String program = command.arguments().get(0);
    return Tools.find(program).map(Path::toString).orElse(program);
  }
}
