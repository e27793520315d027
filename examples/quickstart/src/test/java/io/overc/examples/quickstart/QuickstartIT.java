package io.overc.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.Real;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
  private final CommandRunner runner = CommandRunner.system();

  @TempDir Path temporary;

  private CommandResult tell(String... arguments) {
    return runner.run(
        ChildJvm.of(Quickstart.class, arguments)
            .environment("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary)
            .build());
  }

  @Test
  @DisplayName("the embedded story goes as told and leaves nothing")
  void embedded() {
    String told = tell("--embedded").orThrow("tell the story").stdout();
    assertThat(told).contains("web/web.conf           port = eighty", "That was all");
    assertThat(told.lastIndexOf("port = 8080")).isGreaterThan(told.indexOf("port = eighty"));
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  @DisplayName("the story of the host goes as told and leaves nothing mounted")
  void host() {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "mke2fs", "sfdisk", "losetup", "busybox");
    Real.tools("dnf", "rpmbuild", "createrepo_c");
    List<String> told = tell().orThrow("tell the story").lines().map(String::strip).toList();
    assertThat(told)
        .containsSubsequence(
            "phase                  clean",
            "it says                lab-program 1",
            "lab-demo.x86_64        1-1 -> 2-1",
            "phase                  upgrade pending",
            "it says                lab-program 1",
            "last upgrade           rootfs_upgrade, as meant",
            "it says                lab-program 2",
            "last rollback          rootfs, as meant",
            "it says                lab-program 1");
    assertThat(temporary)
        .isDirectoryNotContaining(path -> path.getFileName().toString().matches("overc-lab-\\d.*"));
    assertThat(Path.of("/proc/self/mountinfo")).content().doesNotContain(temporary.toString());
  }

  @Test
  @DisplayName("an argument it does not know is a usage error")
  void usage() {
    assertThat(tell("--nonsense").exitCode()).isEqualTo(2);
  }
}
