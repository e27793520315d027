package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LabPackage;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.host.UpgradeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Upgrades a real root with the real pacman. */
class PacmanHostUpgradeIT extends HostFixture
    implements SwitchStories, RefusalStories, FailureStories {
  PacmanHostUpgradeIT() {
    super(PacmanDistribution::new);
  }

  @Test
  @DisplayName("a lock that a killed pacman left locks neither the lists nor the new root")
  void staleLock() throws IOException {
    host().publish(LabPackage.demo("2"));
    Path lock = host().disk().root().resolve("var/lib/pacman/db.lck");
    Files.createFile(lock);
    List<Event> events = new ArrayList<>();
    host().upgrader().upgrade(UpgradeOptions.defaults(), OperationOptions.of(events::add));
    assertThat(events)
        .anyMatch(
            event ->
                event instanceof Event.Output output
                    && output.line().startsWith("removed /var/lib/pacman/db.lck"));
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
    assertThat(host().disk().root().resolve("var/lib/pacman/db.lck")).doesNotExist();
    host().upgrader().update(OperationOptions.defaults());
  }

  @Test
  @DisplayName("while pacman is at work its lock counts: a half-done root is not upgraded")
  void lockInUse() throws IOException {
    host().publish(LabPackage.demo("2"));
    Path lock = host().disk().root().resolve("var/lib/pacman/db.lck");
    Files.createFile(lock);
    try (var held = Files.newOutputStream(lock)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(host()::upgrade)
          .isInstanceOf(OvercException.class)
          .hasMessageContaining("unable to lock database");
    }
    assertThat(lock).exists();
    host().upgrade();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
  }

  @Test
  @DisplayName("a hook that fails after the transaction: the host boots as before")
  void failingHook() {
    host()
        .publish(
            LabPackage.demo("2")
                .withFile(
                    "/usr/share/libalpm/hooks/lab.hook",
                    """
                    [Trigger]
                    Operation = Upgrade
                    Type = Package
                    Target = *
                    [Action]
                    When = PostTransaction
                    Exec = /bin/busybox false
                    """
                        .getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(host()::upgrade)
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("command failed to execute correctly");
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("1");
  }
}
