package io.overc.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootKindTest {
  private final ScriptedRoot root = new ScriptedRoot();

  private String line(String manager, RootKind kind, String... options) {
    root.answer(".*", "");
    ScriptedRoot.manager(manager).refresh(root.of(kind, options), line -> {});
    return root.lines().get(root.lines().size() - 1);
  }

  @Test
  @DisplayName("by chroot the root's own program runs")
  void chroot() {
    assertThat(line("apk", RootKind.chroot(ScriptedRoot.PATH)))
        .isEqualTo("chroot /top/rootfs_upgrade.new apk update");
    assertThat(root.last().environment()).containsOnly(java.util.Map.entry("HOME", "/root"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "dnf, dnf --installroot=/top/rootfs_upgrade.new --setopt",
    "zypper, zypper --root /top/rootfs_upgrade.new --non-interactive",
    "pacman, pacman --sysroot /top/rootfs_upgrade.new -Sy",
    "apk, apk --root /top/rootfs_upgrade.new update",
    "smart, smart --option=rpm-root=/top/rootfs_upgrade.new --quiet",
  })
  @DisplayName("by installroot the program of this machine is told where the root is")
  void installroot(String manager, String begin) {
    assertThat(line(manager, RootKind.installroot(ScriptedRoot.PATH))).startsWith(begin);
  }

  @Test
  @DisplayName("apt has no option for that")
  void apt() {
    assertThat(ScriptedRoot.manager("apt").locate(ScriptedRoot.PATH)).isEmpty();
  }

  @Test
  @DisplayName("options of the configuration come right after the program and where the root is")
  void options() {
    line("dnf", RootKind.installroot(ScriptedRoot.PATH), "--setopt=a=b c");
    assertThat(root.last().arguments())
        .startsWith("dnf", "--installroot=/top/rootfs_upgrade.new", "--setopt=a=b c");
  }

  @Test
  @DisplayName("lxc-attach hands over no environment but what it is told")
  void lxcAttach() {
    assertThat(line("apt", RootKind.lxcAttach(Path.of("/var/lib/lxc"), "web")))
        .isEqualTo(
            "lxc-attach -P /var/lib/lxc -n web -l ERROR --clear-env --set-var=PATH="
                + RootKind.PATH
                + " --set-var=DEBIAN_FRONTEND=noninteractive --set-var=HOME=/root --"
                + " apt-get --quiet --option=APT::Update::Error-Mode=any update");
  }

  @Test
  @DisplayName("docker exec runs as root, and messages are English")
  void dockerExec() {
    assertThat(line("apk", RootKind.dockerExec(List.of("docker", "--tls"), List.of(), "web")))
        .isEqualTo("docker --tls exec --user 0 --env HOME=/root --env LC_ALL=C web apk update");
  }
}
