package io.overc.internal.packages;

import static io.overc.internal.packages.ScriptedRoot.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.exec.CommandFailedException;
import io.overc.host.PackageChange;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the package managers print is quoted from the versions that are named. */
class NewerTest {
  private final ScriptedRoot root = new ScriptedRoot();

  @Test
  @DisplayName("apt-get 2.6.1: upgrades, new packages and nothing else are changes")
  void apt() {
    root.answer(
        "apt-get --quiet --simulate dist-upgrade",
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
    assertThat(root.newer("apt"))
        .containsExactly(
            change("base-files", "12.4+deb12u11", "12.4+deb12u12"),
            change("demo", "1", "2"),
            new PackageChange("linux-image-6.1.0-41-amd64", Optional.empty(), "6.1.158-1"));
  }

  @Test
  @DisplayName("apt-get: a line that cannot be read to its end is still a change")
  void aptInPart() {
    root.answer("apt-get .*", "Inst hello\n");
    assertThat(root.newer("apt")).containsExactly(new PackageChange("hello", Optional.empty(), ""));
  }

  @Test
  @DisplayName("dnf 4.14.0: the second query is asked only if the first finds something")
  void dnf() {
    root.answer("dnf .* --upgrades .*", "");
    assertThat(root.newer("dnf")).isEmpty();
    assertThat(root.lines())
        .containsExactly(
            "dnf --setopt=skip_if_unavailable=False --quiet repoquery --upgrades"
                + " --latest-limit=1 --queryformat %{name}.%{arch}|%{evr}\n");

    root.answer("dnf .* --upgrades .*", "lab-kernel.noarch|2-1\nlab-demo.noarch|2-1\n");
    root.answer("dnf .* --installed .*", "lab-base.noarch|1-1\nlab-demo.noarch|1-1\n");
    assertThat(root.newer("dnf"))
        .containsExactly(
            change("lab-demo.noarch", "1-1", "2-1"),
            new PackageChange("lab-kernel.noarch", Optional.empty(), "2-1"));
  }

  @Test
  @DisplayName("zypper 1.14.59: the XML is read, its entities are not expanded; 102 is done")
  void zypper() {
    root.answer(
        "zypper --non-interactive --no-refresh --xmlout list-updates",
        102,
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
        """,
        "");
    assertThat(root.newer("zypper")).containsExactly(change("demo.noarch", "1-1", "2-1"));
    assertThatThrownBy(() -> Zypper.parse("<stream><update"))
        .hasMessageContaining("Could not understand");
  }

  @Test
  @DisplayName("smart 1.4.1: the table is read, a package that is not installed has no old version")
  void smart() {
    root.answer(
        "smart --quiet newer",
        """
        Package Name | Installed         | Upgrade           | Channel | Size
        -------------+-------------------+-------------------+---------+------
        demo         | 1-r0        noarch | 2-r0       noarch | all     | 1024
        extra        | (not installed)   | 1-r0       noarch | all     | 2048
        """);
    assertThat(root.newer("smart"))
        .containsExactly(
            change("demo", "1-r0", "2-r0"), new PackageChange("extra", Optional.empty(), "1-r0"));
    root.answer("smart --quiet newer", 2, "", "No interesting upgrades available.");
    assertThat(root.newer("smart")).isEmpty();
  }

  @Test
  @DisplayName("pacman 6.0.2: what is held back is no change, warnings are no errors")
  void pacman() {
    String warning =
        "warning: config file /etc/pacman.conf, line 5: directive 'Foo' in section 'options' not"
            + " recognized.\n";
    root.answer(
        "pacman -Qu", 0, "lab-demo 1-1 -> 2-1\nlab-kernel 1:1-1 -> 1:2-1 [ignored]\n", warning);
    assertThat(root.newer("pacman")).containsExactly(change("lab-demo", "1-1", "2-1"));
    root.answer("pacman -Qu", 1, "", warning);
    assertThat(root.newer("pacman")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error: chroot to '/nonexistent' failed: (No such file or directory)\n",
        "warning: database file for 'gone' does not exist (use '-Sy' to download)\n",
      })
  @DisplayName("pacman 6.0.2 returns 1 for errors too, and only warns of a list never fetched")
  void pacmanFails(String stderr) {
    root.answer("pacman -Qu", 1, "", stderr);
    assertThatThrownBy(() -> root.newer("pacman"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(stderr.strip());
  }

  @Test
  @DisplayName("apk-tools 2.14.4: names with hyphens and digits, versions with and without release")
  void apk() {
    root.answer(
        "apk version -l <",
        """
        Installed:                                Available:
        alpine-baselayout-data-3.4.3-r1         < 3.6.8-r1\s
        ca-certificates-bundle-20241121-r1      < 20250911-r0\s
        libcrypto3-3.1.8-r0                     < 3.3.6-r0\s
        gtk+3.0-3.24.38-r1                      < 3.24.39-r0 @edge
        so-4-1.0                                < 1.1
        """);
    assertThat(root.newer("apk"))
        .containsExactly(
            change("alpine-baselayout-data", "3.4.3-r1", "3.6.8-r1"),
            change("ca-certificates-bundle", "20241121-r1", "20250911-r0"),
            change("libcrypto3", "3.1.8-r0", "3.3.6-r0"),
            change("gtk+3.0", "3.24.38-r1", "3.24.39-r0"),
            change("so-4", "1.0", "1.1"));
    root.answer("apk .*", "Installed:                                Available:\n");
    assertThat(root.newer("apk")).isEmpty();
  }

  @ParameterizedTest(name = "{0} returns {1}")
  @CsvSource({"apt, 100", "dnf, 1", "zypper, 4", "smart, 1", "pacman, 255", "apk, 99"})
  @DisplayName("a query that fails is not nothing newer")
  void failed(String manager, int exitCode) {
    root.answer(".*", exitCode, "", "Network unreachable.");
    assertThatThrownBy(() -> root.newer(manager))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContainingAll(
            "look for newer packages in rootfs_upgrade.new", "Network unreachable");
  }
}
