package io.overc.exec;

import io.overc.internal.time.Waiting;
import java.io.IOException;
import java.time.Duration;

/** A real process that runs beside this one. */
final class SystemRunningCommand implements RunningCommand {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Process process;

  SystemRunningCommand(Process process) {
    this.process = process;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    ProcessTree tree = new ProcessTree(process);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The other end is gone already: that is what closing is for.
    }
    Waiting.end(process, GRACE);
    tree.end();
  }
}
