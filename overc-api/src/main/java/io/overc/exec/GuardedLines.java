package io.overc.exec;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells lines to a consumer, one at a time, whatever it throws: it must not stop a pump, or the
 * tool would stand still on a full pipe.
 */
final class GuardedLines {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedLines.class);

  private final Command command;
  private boolean failed;

  GuardedLines(Command command) {
    this.command = command;
  }

  void out(String line) {
    tell(command.lines(), line);
  }

  void err(String line) {
    tell(command.errorLines(), line);
  }

  private synchronized void tell(Consumer<String> consumer, String line) {
    try {
      consumer.accept(line);
    } catch (Throwable e) {
      if (!failed) {
        LOG.warn("The consumer of the lines of {} fails; logged once", command.tool(), e);
        failed = true;
      }
    }
  }
}
