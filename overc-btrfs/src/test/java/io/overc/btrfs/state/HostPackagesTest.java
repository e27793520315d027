package io.overc.btrfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.ConfigException;
import io.overc.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPackagesTest {
  @TempDir Path directory;

  @Test
  @DisplayName("auto takes what the root has, by name it must be there")
  void choose() throws IOException {
    assertThatThrownBy(() -> packages("auto", false).choose(directory))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("No package manager was found in the root");
    Files.createDirectories(directory.resolve("usr/bin"));
    Files.createSymbolicLink(directory.resolve("usr/bin/smart"), Path.of("/nowhere"));

    assertThat(packages("auto", false).choose(directory).id()).isEqualTo("smart");
    assertThatThrownBy(() -> packages("zypper", false).choose(directory))
        .hasMessageContaining("'zypper'");
  }

  @Test
  @DisplayName("by installroot the database of the root counts, not the program in it")
  void installroot() throws IOException {
    Files.createDirectories(directory.resolve("usr/bin"));
    Files.createFile(directory.resolve("usr/bin/smart"));
    assertThatThrownBy(() -> packages("auto", true).choose(directory))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("of this machine can handle the root");
  }

  @Test
  @DisplayName("apt by installroot is a contradiction")
  void contradiction() {
    assertThatThrownBy(() -> packages("apt", true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("apt", "use 'chroot'");
  }

  private static HostPackages packages(String manager, boolean installroot) {
    return new HostPackages(manager, installroot, List.of(), Duration.ofMinutes(7));
  }
}
