package io.overc.lxc.disk;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;

/** Runs tools that copy, unpack and the like: they may take up to the timeout, and must succeed. */
public record Tools(CommandRunner runner, Duration timeout) {
  /** Returns what the tool wrote to its standard output. */
  public String run(String attempt, CommandBuilder command) {
    return runner.run(command.timeout(timeout).build()).orThrow(attempt).stdout();
  }

  /** Makes durable what is on the file systems of some directories. */
  public void sync(Collection<Path> directories) {
    CommandBuilder sync = Command.of("sync", "-f", "--");
    directories.forEach(sync::argument);
    run("write " + directories + " to the disk", sync);
  }
}
