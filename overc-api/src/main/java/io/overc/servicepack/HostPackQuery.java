package io.overc.servicepack;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;

/** Asks on this machine, as the tools of old did. */
record HostPackQuery(CommandRunner runner, Duration timeout) implements PackQuery {

  @Override
  public Answer ask(Path pack, String question) {
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
  }
}
