package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.host.HostStatus;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.host.HostUpgrader;
import io.overc.host.PackageChange;
import io.overc.host.Phase;
import io.overc.host.RecoveryResult;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradeResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds what {@link HostUpgrader} promises, for any host. Needs no more than a {@link
 * HostUpgraderBench}; what that cannot do is skipped.
 */
public abstract class HostUpgraderContract extends HostUpgraderReportContract {
  /** For subclasses. */
  protected HostUpgraderContract() {}

  private static UpgradeOptions policy(PendingPolicy policy) {
    return UpgradeOptions.builder().pending(policy).build();
  }

  private void refused(Guard guard, ThrowingCallable call) {
    Map<String, String> before = bench().everything();
    assertThatThrownBy(call)
        .asInstanceOf(throwable(RefusedException.class))
        .extracting(RefusedException::guard)
        .isEqualTo(guard);
    assertThat(bench().everything()).as("nothing is touched").isEqualTo(before);
  }

  @Test
  @DisplayName("upgrade, reboot, roll back, reboot: each time what was expected runs")
  void story() {
    bench().reset();
    assertThat(host().preflight().broken()).isEmpty();
    assertThat(phase()).isEqualTo(Phase.CLEAN);
    bench().publish("2");
    List<PackageChange> updates = host().availableUpdates();
    assertThat(updates).isNotEmpty();
    UpgradeResult result = upgrade();
    assertThat(result.upgraded()).isTrue();
    assertThat(result.packages()).isEqualTo(updates);
    assertThat(result.kernelChanged()).isTrue();
    assertThat(result.rebooting()).isFalse();
    assertThat(bench().version()).as("what runs is untouched").isEqualTo("1");
    HostStatus pending = host().status();
    assertThat(pending.phase()).isEqualTo(Phase.UPGRADE_PENDING);
    assertThat(pending.next()).isEqualTo(result.slot().orElseThrow());
    assertThat(pending.backup()).isPresent();
    assertThat(outcome()).isEqualTo(BootOutcome.NOT_BOOTED_YET);

    bench().reboot();
    assertThat(bench().version()).isEqualTo("2");
    assertThat(bench().kernel()).isEqualTo("2");
    assertThat(phase()).isEqualTo(Phase.CLEAN);
    assertThat(outcome()).isEqualTo(BootOutcome.BOOTED_AS_EXPECTED);
    assertThat(host().availableUpdates()).isEmpty();

    RollbackResult back = rollback();
    assertThat(back.kernelChanged()).isTrue();
    assertThat(host().status().next()).isEqualTo(back.slot());
    assertThat(phase()).isEqualTo(Phase.ROLLBACK_PENDING);
    bench().reboot();
    assertThat(bench().version()).isEqualTo("1");
    assertThat(bench().kernel()).isEqualTo("1");
    assertThat(phase()).isEqualTo(Phase.CLEAN);
  }

  private BootOutcome outcome() {
    return host().status().lastSwitch().map(LastSwitch::outcome).orElseThrow();
  }

  @Test
  @DisplayName("nothing newer changes nothing; forced, a new root is made and switched to")
  void nothingNewer() {
    bench().reset();
    Map<String, String> before = bench().everything();
    assertThat(host().plan(UpgradeOptions.defaults()).actions()).isEmpty();
    assertThat(upgrade()).isEqualTo(UpgradeResult.nothingNewer());
    assertThat(bench().everything()).isEqualTo(before);
    UpgradeResult forced = host().upgrade(UpgradeOptions.builder().force(true).build(), CALL);
    assertThat(forced.upgraded()).isTrue();
    assertThat(forced.packages()).isEmpty();
    assertThat(phase()).isEqualTo(Phase.UPGRADE_PENDING);
  }

  @Test
  @DisplayName("the plan touches nothing that boots, and names what the upgrade then changes")
  void plan() {
    bench().reset();
    bench().publish("2");
    Map<String, String> before = bench().everything();
    UpgradePlan plan = host().plan(UpgradeOptions.defaults());
    assertThat(plan.actions())
        .extracting(UpgradePlan.Action::kind)
        .contains(UpgradePlan.Kind.SNAPSHOT, UpgradePlan.Kind.UPGRADE, UpgradePlan.Kind.SWITCH);
    assertThat(bench().everything()).isEqualTo(before);
    assertThat(upgrade().packages()).isEqualTo(plan.packages());
  }

  @Test
  @DisplayName("cancel drops what is pending, kernel included; a second one finds nothing")
  void cancel() {
    HostUpgraderAct.CANCEL.prepare(bench());
    assertThat(host().cancel(CALL)).isTrue();
    assertThat(phase()).isEqualTo(Phase.CLEAN);
    assertThat(bench().kernel()).isEqualTo("1");
    assertThat(host().cancel(CALL)).isFalse();
    bench().reboot();
    assertThat(bench().version()).isEqualTo("1");
    assertThat(upgrade().upgraded()).isTrue();
  }

  @Test
  @DisplayName("there is nothing to recover when nothing was interrupted")
  void nothingToRecover() {
    bench().reset();
    Map<String, String> before = bench().everything();
    assertThat(host().recover(CALL))
        .isEqualTo(new RecoveryResult(RecoveryResult.Outcome.NOTHING_TO_DO, Optional.empty()));
    assertThat(bench().everything()).isEqualTo(before);
  }

  @Test
  @DisplayName("each guard has its code, and nothing is touched")
  void guards() {
    bench().reset();
    refused(Guard.NO_BACKUP, this::rollback);
    bench().publish("2");
    upgrade();
    refused(Guard.PENDING, this::rollback);
    refused(Guard.PENDING, this::upgrade);
    refused(Guard.PENDING, () -> host().plan(UpgradeOptions.defaults()));
    bench().rebootIntoBackup();
    assertThat(phase()).isEqualTo(Phase.BACKUP_MODE);
    assertThat(bench().version()).isEqualTo("1");
    refused(Guard.BACKUP_MODE, () -> host().update(CALL));
    refused(Guard.BACKUP_MODE, () -> host().plan(UpgradeOptions.defaults()));
    for (PendingPolicy policy : PendingPolicy.values()) {
      refused(Guard.BACKUP_MODE, () -> host().upgrade(policy(policy), CALL));
    }
    refused(Guard.BACKUP_MODE, this::rollback);
    refused(Guard.BACKUP_MODE, () -> host().cancel(CALL));
    bench().reboot();
    assertThat(bench().version()).isEqualTo("2");
  }

  @ParameterizedTest
  @EnumSource(
      value = PendingPolicy.class,
      names = {"CONTINUE", "REPLACE"})
  @DisplayName("a second upgrade continues from the pending root, or replaces it")
  void pendingPolicies(PendingPolicy policy) {
    HostUpgraderAct.CONTINUE.prepare(bench());
    UpgradeResult result = host().upgrade(policy(policy), CALL);
    assertThat(result.packages())
        .extracting(change -> change.installed().orElse("").substring(0, 1))
        .containsOnly(policy == PendingPolicy.CONTINUE ? "2" : "1");
    bench().reboot();
    assertThat(bench().version()).isEqualTo("3");
    assertThat(bench().kernel()).isEqualTo("3");
    bench().rebootIntoBackup();
    assertThat(bench().version()).as("the backup is what ran").isEqualTo("1");
  }
}
