package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.error.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostConfigTest {

  @Test
  @DisplayName("a configuration that is wrong in several ways names all of them")
  void badConfiguration() {
    assertThatThrownBy(
            () ->
                Overc.load(
                    Config.of(
                        Map.of(
                            "btrfs.package-manager", "yum",
                            "btrfs.package-manager.mode", "magic",
                            "btrfs.roots", "/"))))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.contains("yum"))
                    .anyMatch(problem -> problem.contains("magic"))
                    .anyMatch(problem -> problem.contains("'btrfs.root'")));
  }

  @Test
  @DisplayName("a configuration that contradicts itself")
  void contradictoryConfiguration() {
    assertThatThrownBy(
            () -> BtrfsHostUpgrader.builder().packageManager("apt").installroot().build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("chroot");
    assertThatThrownBy(
            () -> BtrfsHostUpgrader.builder().root(Path.of("/a")).boot(Path.of("/a")).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("btrfs.root", "btrfs.boot");
  }
}
