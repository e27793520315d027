package io.overc.btrfs.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.ConfigException;
import io.overc.error.UnavailableException;
import io.overc.exec.CommandFailedException;
import io.overc.host.PackageChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the package managers print is quoted from the versions that are named. */
class PackageManagerTest {
  private static final String CHROOT = "chroot /top/rootfs_upgrade.new ";
  private final ScriptedRoot root = new ScriptedRoot();

  @Test
  @DisplayName("apt-get 2.6.1: upgrades, new packages and nothing else are changes")
  void apt() {
    root.answer(
        CHROOT + "apt-get -q -s dist-upgrade",
        """
        Reading package lists...
        Building dependency tree...
        Calculating upgrade...
        The following NEW packages will be installed:
          linux-image-6.1.0-41-amd64
        The following packages will be upgraded:
          base-files demo
        2 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.
        Inst base-files [12.4+deb12u11] (12.4+deb12u12 Debian:12.12/oldstable [amd64])
        Inst demo [1] (2 lab [all]) []
        Inst linux-image-6.1.0-41-amd64 (6.1.158-1 Debian-Security:12/oldstable-security [amd64])
        Conf base-files (12.4+deb12u12 Debian:12.12/oldstable [amd64])
        """);

    assertThat(new Apt(setup(Mode.CHROOT)).newer(root))
        .containsExactly(
            change("base-files", "12.4+deb12u11", "12.4+deb12u12"),
            change("demo", "1", "2"),
            new PackageChange("linux-image-6.1.0-41-amd64", Optional.empty(), "6.1.158-1"));
  }

  @Test
  @DisplayName("apt-get keeps the host's configuration files and never asks")
  void aptUpgrade() {
    root.answer(CHROOT + "apt-get .*", "");

    new Apt(setup(Mode.CHROOT)).upgrade(root, line -> {});

    assertThat(root.lines()).singleElement().asString().contains("--force-confold");
    assertThat(root.last().environment()).containsEntry("DEBIAN_FRONTEND", "noninteractive");
    assertThat(root.last().timeout()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  @DisplayName("zypper 1.14.59: the XML is read, its entities are not expanded")
  void zypper() {
    root.answer(
        "zypper --root /top/rootfs_upgrade.new --non-interactive.*list-updates",
        """
        <?xml version='1.0'?>
        <stream>
        <message type="info">Loading repository data...</message>
        <update-status version="0.6">
        <update-list>
        <update name="demo" edition="2-1" arch="noarch" kind="package" edition-old="1-1">\
        <summary>A demo &amp; more</summary></update>
        </update-list>
        </update-status>
        </stream>
        """);

    assertThat(new Zypper(setup(Mode.INSTALLROOT)).newer(root))
        .containsExactly(change("demo.noarch", "1-1", "2-1"));
    assertThatThrownBy(() -> Zypper.parse("<stream><update"))
        .hasMessageContaining("Could not understand");
  }

  @Test
  @DisplayName("smart 1.4.1: the table is read, a package that is not installed has no old version")
  void smart() {
    root.answer(
        CHROOT + "smart --quiet newer",
        """
        Package Name | Installed         | Upgrade           | Channel | Size
        -------------+-------------------+-------------------+---------+------
        demo         | 1-r0        noarch | 2-r0       noarch | all     | 1024
        extra        | (not installed)   | 1-r0       noarch | all     | 2048
        """);

    assertThat(new Smart(setup(Mode.CHROOT)).newer(root))
        .containsExactly(
            change("demo", "1-r0", "2-r0"), new PackageChange("extra", Optional.empty(), "1-r0"));
  }

  @Test
  @DisplayName("smart returns 2 when nothing is newer, and something else when it fails")
  void smartWithoutNews() {
    root.fail(CHROOT + "smart --quiet newer", 2, "No interesting upgrades available.");
    assertThat(new Smart(setup(Mode.CHROOT)).newer(root)).isEmpty();

    root.fail(CHROOT + "smart --quiet newer", 1, "error: Network unreachable.");
    assertThatThrownBy(() -> new Smart(setup(Mode.CHROOT)).newer(root))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("rootfs_upgrade.new")
        .hasMessageContaining("Network unreachable");
  }

  @Test
  @DisplayName("options of the configuration come right after the tool")
  void options() {
    root.answer("dnf .*", "");
    Setup setup = new Setup(Mode.INSTALLROOT, List.of("--setopt=a=b c"), Duration.ofMinutes(7));

    new Dnf(setup).refresh(root, line -> {});

    assertThat(root.last().arguments())
        .startsWith("dnf", "--installroot=/top/rootfs_upgrade.new", "--setopt=a=b c");
  }

  @Test
  @DisplayName("auto takes what the root has, by name it must be there")
  void choose(@TempDir Path directory) throws IOException {
    Setup setup = setup(Mode.CHROOT);
    assertThatThrownBy(() -> PackageManagers.choose("auto", setup, directory))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("No package manager was found in the root");
    Files.createDirectories(directory.resolve("usr/bin"));
    Files.createSymbolicLink(directory.resolve("usr/bin/smart"), Path.of("/nowhere"));

    assertThat(PackageManagers.choose("auto", setup, directory).name()).isEqualTo("smart");
    assertThatThrownBy(() -> PackageManagers.choose("zypper", setup, directory))
        .hasMessageContaining("'zypper'");
  }

  @Test
  @DisplayName("apt by installroot is a contradiction")
  void contradiction() {
    assertThatThrownBy(() -> PackageManagers.check("apt", Mode.INSTALLROOT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("use 'chroot'");
  }

  private static Setup setup(Mode mode) {
    return new Setup(mode, List.of(), Duration.ofMinutes(7));
  }

  private static PackageChange change(String name, String old, String now) {
    return new PackageChange(name, Optional.of(old), now);
  }
}
