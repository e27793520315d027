package io.overc.exec;

import io.overc.internal.file.BoundedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A variable in the environment of a command, which all that it starts inherits. It leads to what
 * left the tree: a child whose parent has ended, in a session of its own. It costs nothing while
 * commands end by themselves; only where one is ended by force all processes are looked at.
 */
final class CommandMark {
  static final String VARIABLE = "OVERC_COMMAND";

  private static final String THIS_JVM = Long.toHexString(new SecureRandom().nextLong()) + ".";
  private static final AtomicLong COUNT = new AtomicLong();

  // The kernel's limit of arguments and environment, which root may raise to this.
  private static final int LONGEST = 8 << 20;

  // Between commas; a command of a program that is itself a command of ours bears both.
  private final String id = THIS_JVM + COUNT.incrementAndGet() + ",";

  void putInto(Map<String, String> environment) {
    environment.merge(VARIABLE, "," + id, (outer, own) -> outer + id);
  }

  /** Finds what bears the mark, as far as this user may look. */
  Stream<ProcessHandle> bearers() {
    return ProcessHandle.allProcesses().filter(this::isOn);
  }

  private boolean isOn(ProcessHandle process) {
    try {
      Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
      String text = BoundedFiles.latin(environment, LONGEST);
      return text.contains(VARIABLE + "=") && text.contains("," + id);
    } catch (IOException e) {
      return false; // Ended, or another user's.
    }
  }
}
