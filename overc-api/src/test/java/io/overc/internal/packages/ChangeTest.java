package io.overc.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.exec.CommandFailedException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What refreshes and upgrades, and what counts as done. */
class ChangeTest {
  private final ScriptedRoot root = new ScriptedRoot();

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "apt, apt-get --quiet --option=APT::Update::Error-Mode=any update",
    "dnf, dnf --setopt=skip_if_unavailable=False --assumeyes --refresh makecache",
    "zypper, zypper --non-interactive refresh",
    "pacman, pacman -Sy --noconfirm --noprogressbar",
    "apk, apk update",
    "smart, smart --quiet update",
  })
  @DisplayName("lists are refreshed without asking, and every repository must answer")
  void refresh(String manager, String line) {
    root.answer(".*", "");
    root.refresh(manager);
    assertThat(root.lines()).containsExactly(line);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "apt, apt-get --quiet --assume-yes --option=Dpkg::Options::=--force-confdef"
        + " --option=Dpkg::Options::=--force-confold dist-upgrade",
    "dnf, dnf --setopt=skip_if_unavailable=False --assumeyes upgrade",
    "zypper, zypper --non-interactive --no-refresh update --auto-agree-with-licenses",
    "pacman, pacman -Syu --noconfirm --noprogressbar",
    "apk, apk upgrade",
    "smart, smart --quiet upgrade --yes",
  })
  @DisplayName("everything is upgraded without asking")
  void upgrade(String manager, String line) {
    root.answer(".*", "");
    root.upgrade(manager);
    assertThat(root.lines()).containsExactly(line);
    assertThat(root.last().environment()).containsEntry("HOME", "/root");
    assertThat(root.last().timeout()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  @DisplayName("debconf asks nothing")
  void debconf() {
    root.answer(".*", "");
    root.upgrade("apt");
    assertThat(root.last().environment()).containsEntry("DEBIAN_FRONTEND", "noninteractive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apt", "dnf", "zypper", "pacman", "apk", "smart"})
  @DisplayName("what returns an error failed, and the message says what was attempted")
  void failed(String manager) {
    root.answer(".*", 1, "", "it hurts");
    assertThatThrownBy(() -> root.refresh(manager))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContainingAll("refresh the package lists of rootfs_upgrade.new", "it hurts");
    assertThatThrownBy(() -> root.upgrade(manager))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContainingAll("upgrade the packages of rootfs_upgrade.new", "it hurts");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "dnf, 'warning: %post(word-2-1.noarch) scriptlet failed, exit status 7'",
    "dnf, Error in PREIN scriptlet in rpm package lab-demo",
    "pacman, error: command failed to execute correctly",
    "pacman, error: command terminated by signal 9: Killed",
  })
  @DisplayName("dnf 4.14.0 and pacman 6.0.2 return 0 although a script or a hook failed")
  void scripts(String manager, String line) {
    root.answer(".*", 0, "upgrading lab-demo...\n", line + "\n");
    assertThatThrownBy(() -> root.upgrade(manager))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining(line);
    assertThatCode(() -> root.upgrade("apt")).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("pacman: a mirror that failed is no error if the next one worked")
  void mirrors() {
    root.answer(
        ".*",
        0,
        ":: Synchronizing package databases...\n lab downloading...\n",
        "error: failed retrieving file 'lab.db' from 127.0.0.1:9 : Failed to connect\n");
    assertThatCode(() -> root.refresh("pacman")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"102, true", "103, true", "4, false", "106, false", "107, false"})
  @DisplayName("zypper: a reboot or restart that is suggested is done; what was skipped is not")
  void zypper(int exitCode, boolean done) {
    root.answer(".*", exitCode, "", "");
    if (done) {
      root.refresh("zypper");
      root.upgrade("zypper");
    } else {
      assertThatThrownBy(() -> root.refresh("zypper")).isInstanceOf(CommandFailedException.class);
      assertThatThrownBy(() -> root.upgrade("zypper")).isInstanceOf(CommandFailedException.class);
    }
  }

  @Test
  @DisplayName("apk: a repository that was not refreshed is an error, whatever it returns")
  void apk() {
    root.answer("apk update", "2 unavailable, 0 stale; 34 distinct packages available\n");
    assertThatThrownBy(() -> root.refresh("apk"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("2 unavailable");
    root.answer("apk update", "OK: 11270 distinct packages available\n");
    root.refresh("apk");
  }
}
