package io.overc.servicepack;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;

/** Asks a pack's {@code bin/query}. */
@FunctionalInterface
public interface PackQuery {
  /** How long a query may take if unset. */
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Asks one question.
   *
   * @param pack the directory of the pack
   * @param question for example {@code secrets}
   * @return what the script printed, and its exit code
   * @throws io.overc.exec.CommandTimeoutException if it did not answer in time
   */
  Answer ask(Path pack, String question);

  /**
   * Runs the script on this machine, in the directory of the pack, with nothing but {@code PATH} in
   * its environment.
   *
   * @param runner runs it
   * @param timeout how long each question may take
   * @return the query
   */
  static PackQuery onHost(CommandRunner runner, Duration timeout) {
    return (pack, question) -> {
      Path script = pack.toAbsolutePath().resolve(PackScript.QUERY.path());
      CommandResult result =
          runner.run(
              Command.of(script.toString(), question)
                  .directory(pack)
                  .bareEnvironment()
                  .timeout(timeout)
                  .outputLimit(4 * Answer.LIMIT) // counts bytes, and a character has up to four
                  .build());
      return new Answer(result.exitCode(), result.stdout(), result.stderr());
    };
  }

  /**
   * Holds what a query script answered.
   *
   * @param exitCode what it returned
   * @param stdout what it printed, at most {@link #LIMIT} characters of it
   * @param stderr the end of what it complained of
   */
  record Answer(int exitCode, String stdout, String stderr) {
    /** How much a script may answer to one question, in characters. */
    public static final int LIMIT = 1 << 16;
  }
}
