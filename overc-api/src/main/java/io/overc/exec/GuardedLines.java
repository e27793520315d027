package io.overc.exec;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells lines to a consumer, one at a time, whatever it throws: it must not stop a pump, or the
 * tool would stand still on a full pipe.
 */
final class GuardedLines implements Consumer<String> {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedLines.class);

  private final Command command;
  private boolean failed;

  GuardedLines(Command command) {
    this.command = command;
  }

  @Override
  public synchronized void accept(String line) {
    try {
      command.lines().accept(line);
    } catch (Throwable e) {
      if (!failed) {
        LOG.warn("The consumer of the lines of {} fails; logged once", command.tool(), e);
        failed = true;
      }
    }
  }
}
