package io.overc.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BenchmarksIT {
  @Test
  @DisplayName("the benchmarks of hosts measure; whether a goal is met is up to the machine")
  void measure() {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox");
    CommandResult result =
        CommandRunner.system()
            .run(
                Command.of(Launcher.path("benchmarks").toString(), "snapshot-list", "host-upgrade")
                    .timeout(Duration.ofMinutes(5))
                    .build());
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isIn(0, 1);
    assertThat(result.stdout()).contains("list 1,000 snapshots", "upgrade", "processes");
  }
}
