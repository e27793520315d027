package io.overc.examples.console;

import io.overc.error.OvercException;
import io.overc.error.Remedy;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a program has to offer for each remedy: one of its commands, or an option. Immutable.
 *
 * @param commands by action; {@code %s} stands for the subject of the remedy
 */
record Remedies(Map<Remedy.Action, String> commands) {
  static final Remedies NONE = new Remedies(Map.of());

  Remedies {
    commands = Map.copyOf(commands);
  }

  Remedies with(Remedy.Action action, String command) {
    Map<Remedy.Action, String> more = new EnumMap<>(Remedy.Action.class);
    more.putAll(commands);
    more.put(action, command);
    return new Remedies(more);
  }

  /** Returns the message of a failure, with the command of this program at its end. */
  String message(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return thrown instanceof OvercException failure
        ? failure.remedy().map(remedy -> message + hint(remedy)).orElse(message)
        : message;
  }

  private String hint(Remedy remedy) {
    String command = commands.get(remedy.action());
    return command == null ? "" : " (" + command.replace("%s", remedy.subject()) + ")";
  }
}
