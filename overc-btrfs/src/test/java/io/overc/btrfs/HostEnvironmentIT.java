package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.LabPackage;
import io.overc.exec.CommandBuilder;
import io.overc.host.Phase;
import io.overc.testkit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine that lacks what an upgrade needs; seen from a process of its own. */
class HostEnvironmentIT extends HostFixture {
  HostEnvironmentIT() {
    super(lab -> new SmartDistribution());
  }

  @Test
  @DisplayName("a missing tool: the message names the package")
  void missingTool() throws Exception {
    Path tools = host().lab().newDirectory("tools");
    for (String tool : List.of("unshare", "nsenter", "mount", "chroot", "cat")) {
      Files.createSymbolicLink(tools.resolve(tool), io.overc.exec.Tools.find(tool).orElseThrow());
    }
    Map<String, String> before = host().everything();
    assertThat(inChild(child -> child.environment("PATH", tools.toString())))
        .contains("UnavailableException")
        .contains("'btrfs'")
        .contains("btrfs-progs");
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("no root privilege")
  void noRootPrivilege() {
    Map<String, String> before = host().everything();
    // In a user namespace without a mapping this user is nobody.
    assertThat(inChild(child -> child.wrappedIn(List.of("unshare", "--user"))))
        .contains("UnavailableException")
        .contains("root privilege");
    assertThat(host().changesSince(before)).isEmpty();
  }

  @Test
  @DisplayName("a running machine whose kernel command line chooses the subvolume")
  void subvolumeInTheCommandLine() throws Exception {
    Path commandLine = host().lab().newPath("cmdline");
    Files.writeString(
        commandLine, "BOOT_IMAGE=/bzImage rootflags=subvol=rootfs root=/dev/vda2 ro\n");
    List<String> insteadOfThisMachines =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount --bind \"$0\" /proc/cmdline && exec \"$@\"",
            commandLine.toString());

    CommandBuilder child =
        ChildJvm.of(PreflightMain.class, "/", host().disk().boot().toString())
            .wrappedIn(insteadOfThisMachines);

    assertThat(host().lab().run("preflight", child.build()).lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("kernel command line")
                    .contains("subvol=rootfs")
                    .contains("remove it from the rootflags of the normal boot entry and reboot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8", "tr_TR.UTF-8"})
  @DisplayName("a machine with a mount point whose name is no text in any locale")
  void mountPointOfBytes(String locale) {
    host().publish(LabPackage.demo("2"));
    Path directory = host().lab().newDirectory("points");
    String machine =
        "point=\"$0/$(printf 'a\\377\\200 b')\" && mkdir \"$point\""
            + " && mount -t tmpfs \"$(printf 'source\\377')\" \"$point\" && exec \"$@\"";
    assertThat(
            inChild(
                child ->
                    child
                        .environment("LC_ALL", locale)
                        .wrappedIn(
                            List.of(
                                "unshare", "--mount", "sh", "-c", machine, directory.toString()))))
        .contains("is on btrfs", "upgraded=true");
    assertThat(host().phase()).isEqualTo(Phase.UPGRADE_PENDING);
  }

  private String inChild(UnaryOperator<CommandBuilder> change) {
    CommandBuilder child =
        ChildJvm.of(
            UpgradeMain.class, host().disk().root().toString(), host().disk().boot().toString());
    return host().lab().run("upgrade", change.apply(child).build()).stdout();
  }
}
