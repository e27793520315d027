package io.overc.spi;

import io.overc.error.OvercException;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.exec.Tools;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says which version of a tool is on this machine.
 *
 * @param tool its name
 * @param version what it says of itself, or empty if it is missing
 * @param note what to do if it is missing; else empty
 */
public record ToolVersion(String tool, Optional<String> version, String note) {

  /**
   * Asks a tool for its version.
   *
   * @param runner runs the tool
   * @param tool its name
   * @param arguments what makes it print its version
   * @return the first line it printed, or what to do if it is missing; never throws for that
   */
  public static ToolVersion ask(CommandRunner runner, String tool, String... arguments) {
    if (Tools.find(tool).isEmpty()) {
      return new ToolVersion(tool, Optional.empty(), Tools.fix(tool));
    }
    try {
      CommandResult result =
          runner.run(Command.of(tool, arguments).timeout(Duration.ofSeconds(10)).build());
      return new ToolVersion(
          tool,
          Stream.concat(result.lines(), result.stderr().lines())
              .filter(line -> !line.isBlank())
              .findFirst()
              .or(() -> Optional.of("of unknown version")),
          "");
    } catch (OvercException e) {
      return new ToolVersion(tool, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }
}
