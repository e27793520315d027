package io.overc.btrfs;

import static io.overc.host.UpgradeOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LabPackage;
import io.overc.error.BusyException;
import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradeResult;
import io.overc.testkit.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host refuses, and changes nothing. */
interface RefusalStories {

  /** Returns the host under test; as it was in the beginning before each test. */
  TestHost host();

  @Test
  @DisplayName("a rollback is refused while an upgrade is pending, and without a backup")
  default void rollbackIsRefused() {
    Map<String, String> pristine = host().everything();
    assertThatThrownBy(host()::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("rootfs_bakup");
    assertThat(host().changesSince(pristine)).isEmpty();
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    Map<String, String> pending = host().everything();
    assertThatThrownBy(host()::rollback)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cancel");
    assertThat(host().changesSince(pending)).isEmpty();
  }

  @Test
  @DisplayName("in backup mode everything that changes something is refused")
  default void backupMode() {
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    host().disk().rebootIntoBackup();
    assertThat(host().version()).isEqualTo("1");
    HostUpgrader upgrader = host().upgrader();
    assertThat(upgrader.status().phase()).isEqualTo(Phase.BACKUP_MODE);
    Map<String, String> before = host().everything();
    for (Runnable verb :
        List.<Runnable>of(
            () -> upgrader.update(OperationOptions.defaults()),
            () -> upgrader.plan(defaults()),
            () ->
                upgrader.upgrade(
                    UpgradeOptions.builder().force(true).build(), OperationOptions.defaults()),
            () ->
                upgrader.upgrade(
                    UpgradeOptions.builder().pending(PendingPolicy.REPLACE).build(),
                    OperationOptions.defaults()),
            () -> upgrader.rollback(RollbackOptions.defaults(), OperationOptions.defaults()),
            () -> upgrader.cancel(OperationOptions.defaults()))) {
      assertThatThrownBy(verb::run)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("backup");
    }
    assertThat(host().changesSince(before)).isEmpty();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("2");
  }

  @Test
  @DisplayName("of two upgrades at once the second is told who holds the lock")
  default void twoUpgradesAtOnce() {
    host().publish(LabPackage.demo("2"));
    String holder = "pid " + ProcessHandle.current().pid() + ": upgrade";
    AtomicBoolean tried = new AtomicBoolean();
    List<String> otherProcess = new ArrayList<>();
    host()
        .upgrader()
        .upgrade(
            defaults(),
            OperationOptions.of(
                event -> {
                  if (event instanceof Event.Output && tried.compareAndSet(false, true)) {
                    assertThatThrownBy(host()::upgrade)
                        .isInstanceOfSatisfying(
                            BusyException.class, e -> assertThat(e.holder()).isEqualTo(holder));
                    otherProcess.add(
                        host()
                            .lab()
                            .run(
                                "upgrade from another process",
                                ChildJvm.of(
                                        UpgradeMain.class,
                                        host().disk().root().toString(),
                                        host().disk().boot().toString())
                                    .build())
                            .stdout());
                  }
                }));
    assertThat(tried).isTrue();
    assertThat(otherProcess).singleElement().asString().contains("BusyException", holder);
    assertThat(host().phase()).isEqualTo(Phase.UPGRADE_PENDING);
  }

  @Test
  @DisplayName("a second upgrade is refused while one is pending, unless told what to do")
  default void pendingPolicies() {
    host().publish(LabPackage.demo("2"));
    host().upgrade();
    host().publish(LabPackage.demo("3"));
    Map<String, String> pending = host().everything();
    assertThatThrownBy(host()::upgrade)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cancel");
    assertThat(host().changesSince(pending)).isEmpty();
    UpgradeResult replaced =
        host()
            .upgrader()
            .upgrade(
                UpgradeOptions.builder().pending(PendingPolicy.REPLACE).build(),
                OperationOptions.defaults());
    assertThat(replaced.packages())
        .singleElement()
        .satisfies(
            p -> assertThat(p.installed()).hasValueSatisfying(v -> assertThat(v).startsWith("1")));
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("3");
    assertThat(host().top("rootfs_bakup/etc/lab-version")).isEqualTo("1");
  }

  @Test
  @DisplayName("the disk is full before the upgrade: it is refused with the fix")
  default void diskFullBeforeTheUpgrade() {
    host().publish(LabPackage.demo("2"));
    TestHost.fill(host().disk().root());
    Map<String, String> before = host().everything();
    assertThatThrownBy(host()::upgrade)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("space");
    assertThat(host().changesSince(before)).isEmpty();
  }
}
