package io.overc.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
  @Test
  @DisplayName("as root, a host is upgraded and goes back, and nothing is left behind")
  void host(@TempDir Path temporary) throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox", "dnf", "createrepo_c");
    CommandResult result =
        CommandRunner.system()
            .run(
                Command.of(Launcher.path("quickstart").toString())
                    .environment("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary)
                    .build());
    assertThat(result.exitCode()).as("%s%s", result.stdout(), result.stderr()).isZero();
    assertThat(result.stdout())
        .containsSubsequence(
            "lab-program 1",
            "$ overc host status",
            "Clean",
            "$ overc host newer",
            "lab-demo",
            "$ overc host upgrade",
            "Reboot to switch",
            "lab-program 1",
            "Upgrade pending",
            "lab-program 2",
            "came up as meant",
            "$ overc host rollback",
            "lab-program 1",
            "Clean");
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(temporary.toString());
    assertThat(temporary).isDirectoryNotContaining("glob:**/overc-lab-[0-9]*");
  }
}
