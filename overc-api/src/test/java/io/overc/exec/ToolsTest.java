package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
  @Test
  @DisplayName("finds a tool on the PATH and by its path, and no directory or plain file")
  void finds(@TempDir Path directory) throws IOException {
    assertThat(Tools.find("sh")).hasValueSatisfying(sh -> assertThat(sh).isExecutable());
    assertThat(Tools.find("/bin/sh")).contains(Path.of("/bin/sh"));
    assertThat(Tools.find(directory.toString())).isEmpty();
    assertThat(Tools.find(Files.createFile(directory.resolve("plain")).toString())).isEmpty();
    assertThat(Tools.missing("sh", "overc-no-such", "cat", "overc-neither"))
        .containsExactly("overc-no-such", "overc-neither");
  }

  @Test
  @DisplayName("names the Debian package of a tool")
  void namesThePackage() {
    assertThat(Tools.fix("btrfs"))
        .isEqualTo("install the package btrfs-progs, or add the directory of 'btrfs' to the PATH");
    assertThat(Tools.fix("lxc-copy")).startsWith("install the package lxc,");
    assertThat(Tools.fix("dnf")).startsWith("install the package dnf,");
    assertThat(Tools.fix("pacman")).startsWith("install the package pacman-package-manager,");
  }
}
