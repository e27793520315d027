package io.overc.testkit;

import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Unmounts, and waits while that is busy: a child that another thread starts at this moment holds a
 * copy of every file this process has open until it runs its program, and who watches over a
 * container ends a moment after it.
 */
public final class Unmount {
  private Unmount() {}

  /**
   * Unmounts what is mounted somewhere.
   *
   * @param runner runs umount
   * @param point where
   * @param options of umount
   */
  public static void of(CommandRunner runner, Path point, String... options) {
    Command command = Command.of("umount", options).argument(point).build();
    AtomicReference<CommandResult> last = new AtomicReference<>();
    Poll.until(
        () -> {
          last.set(runner.run(command));
          return !last.get().stderr().contains("target is busy");
        },
        Duration.ofMillis(5),
        Deadline.in(Duration.ofSeconds(10)),
        point + " to be free");
    last.get().orThrow("unmount " + point);
  }
}
