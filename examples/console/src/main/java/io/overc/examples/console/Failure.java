package io.overc.examples.console;

import io.overc.error.BackendException;
import io.overc.error.BusyException;
import io.overc.error.ConfigException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.exec.CommandFailedException;
import java.util.List;

/**
 * Describes why a program did not do what was asked.
 *
 * @param kind what sort of failure, a word that stays the same
 * @param exitCode what the program returns
 * @param message what was attempted, on what, why it failed and what to do
 */
record Failure(String kind, int exitCode, String message) {
  private static final List<Kind> KINDS =
      List.of(
          new Kind(BusyException.class, "busy", Exit.REFUSED),
          new Kind(RefusedException.class, "refused", Exit.REFUSED),
          new Kind(ConfigException.class, "configuration", Exit.USAGE),
          new Kind(InvalidArgumentException.class, "usage", Exit.USAGE),
          new Kind(IllegalArgumentException.class, "usage", Exit.USAGE),
          new Kind(BackendException.class, "backend", Exit.FAILED),
          new Kind(UnavailableException.class, "unavailable", Exit.FAILED),
          new Kind(NotFoundException.class, "not-found", Exit.FAILED),
          new Kind(VerificationException.class, "verification", Exit.FAILED),
          new Kind(InterruptedOperationException.class, "interrupted", Exit.FAILED),
          new Kind(CommandFailedException.class, "command", Exit.FAILED),
          new Kind(OvercException.class, "failed", Exit.FAILED));

  static Failure of(Throwable thrown, Remedies remedies) {
    String message = remedies.message(thrown);
    return KINDS.stream()
        .filter(kind -> kind.type.isInstance(thrown))
        .findFirst()
        .map(kind -> new Failure(kind.word, kind.exitCode, message))
        .orElseGet(() -> new Failure("defect", Exit.FAILED, defect(thrown)));
  }

  static Failure usage(String message) {
    return new Failure("usage", Exit.USAGE, message);
  }

  Failure withExitCode(int other) {
    return new Failure(kind, other, message);
  }

  /** What --json prints instead of a result. */
  Document document() {
    return new Document(this);
  }

  /**
   * The message after the program's name; where tools' output makes it long, its lines indented.
   */
  String text(String program) {
    return program + ": " + message.strip().replace("\n", System.lineSeparator() + "    ");
  }

  private static String defect(Throwable thrown) {
    return "This should not have happened: " + thrown + "; run it again with --debug and report it";
  }

  record Document(Failure error) {}

  private record Kind(Class<? extends Throwable> type, String word, int exitCode) {}
}
