package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.host.HostStatus;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RecoveryResult.Outcome;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.KillMatrix;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills, or fails, every step that changes a host, before and after, and looks at what is left:
 * every boot entry boots a whole system with its kernel, and recovery, even when it is killed too,
 * brings the host to a state from which the next upgrade works.
 *
 * <p>With {@code -Doverccases=full} each point is both killed and failed, otherwise one of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class HostKillMatrixIT {
  private static final AtomicInteger KILLED = new AtomicInteger();
  private static final AtomicInteger FAILED = new AtomicInteger();
  private static Path archive = Path.of("");

  @BeforeAll
  static void prepare(@TempDir Path directory) {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox");
    archive = directory.resolve("classes.jsa");
    HostVerb.archiveClasses(archive);
  }

  @AfterAll
  static void count() {
    System.out.printf(
        "Host kill matrix: %d cases, %d of them killed with SIGKILL, %d failed with an error%n",
        KILLED.get() + FAILED.get(), KILLED.get(), FAILED.get());
  }

  static Stream<List<String>> scenarios() {
    return Stream.of(
        List.of("UPGRADE", "publish 2"),
        List.of("UPGRADE", "publish 2", "UPGRADE", "reboot", "publish 3"),
        List.of("CONTINUE", "publish 2", "UPGRADE", "reboot", "publish 3", "UPGRADE", "publish 4"),
        List.of("REPLACE", "publish 2", "UPGRADE", "publish 3"),
        List.of("ROLLBACK", "publish 2", "UPGRADE", "reboot"),
        List.of("CANCEL", "publish 2", "UPGRADE"),
        List.of("CANCEL", "publish 2", "UPGRADE", "reboot", "ROLLBACK"),
        interrupted("after snapshot rootfs_bakup.new"),
        interrupted("after exchange rootfs.new rootfs"),
        interrupted("after set-default"),
        List.of("RECOVER", "publish 2", "UPGRADE", "kill CANCEL after publish bzImage"));
  }

  private static List<String> interrupted(String point) {
    return List.of(
        "RECOVER", "publish 2", "UPGRADE", "reboot", "publish 3", "kill UPGRADE " + point);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  @DisplayName("whatever is killed or fails, the host boots and recovers")
  void survives(List<String> story) throws IOException {
    HostVerb verb = HostVerb.valueOf(story.get(0));
    String[] history = story.subList(1, story.size()).toArray(String[]::new);
    try (HostScenario scenario = new HostScenario(verb, archive, history)) {
      assertThat(scenario.points()).hasSizeGreaterThan(4);
      if (verb != HostVerb.RECOVER) {
        assertThat(scenario.points()).as("it switches").contains("after set-default");
      }
      for (int point = 0; point < scenario.points().size(); point++) {
        for (Fault fault : KillMatrix.faults(point, story.size())) {
          String name = verb + " " + fault + " " + scenario.points().get(point);
          int at = point;
          assertThatCode(() -> survives(scenario, fault, at)).as(name).doesNotThrowAnyException();
        }
      }
    }
  }

  private static void survives(HostScenario scenario, Fault fault, int point) throws IOException {
    scenario.reset();
    strike(scenario, fault, point);
    scenario.assertBootable();
    if (point % 2 == 0) {
      scenario.disk().reboot();
    }
    HostUpgrader host = host(scenario);
    host.recover(OperationOptions.defaults());
    scenario.assertBootable();
    assertSettled(host, scenario);
    HostImage settled = scenario.image();
    assertThat(host.recover(OperationOptions.defaults()).outcome())
        .isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(scenario.image()).as("a second recovery changes nothing").isEqualTo(settled);
    scenario.publish("9");
    host.upgrade(
        UpgradeOptions.builder().pending(PendingPolicy.REPLACE).build(),
        OperationOptions.defaults());
    scenario.disk().reboot();
    assertThat(scenario.disk().root().resolve("etc/lab-version")).hasContent("9");
    assertThat(scenario.image().kernels()).containsEntry("bzImage", "9");
  }

  private static void strike(HostScenario scenario, Fault fault, int point) {
    if (fault == Fault.KILL) {
      CommandResult result = scenario.verb().runKilled(scenario.disk(), point, archive);
      assertThat(result.exitCode()).as(result.stderr()).isEqualTo(128 + 9);
      KILLED.incrementAndGet();
      return;
    }
    FaultInjector injector = FaultInjector.at(fault, point);
    try {
      scenario.verb().run(scenario.disk().root(), scenario.disk().boot(), injector);
    } catch (FaultInjector.InjectedException e) {
      // Before the commit point the verb fails; past it, it is finished.
    }
    FAILED.incrementAndGet();
  }

  private static void assertSettled(HostUpgrader host, HostScenario scenario) throws IOException {
    HostStatus status = host.status();
    assertThat(status.phase()).isIn(Phase.CLEAN, Phase.UPGRADE_PENDING, Phase.ROLLBACK_PENDING);
    assertThat(status.interrupted()).isEmpty();
    assertThat(scenario.image().roots().keySet())
        .isSubsetOf("rootfs", "rootfs_upgrade", "rootfs_bakup");
    try (Stream<Path> files = Files.walk(scenario.disk().boot())) {
      assertThat(files).noneMatch(file -> file.toString().contains(".overc"));
    }
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("/run/overc");
    boolean journal = scenario.disk().atTop(top -> Files.exists(top.resolve(".overc/journal")));
    assertThat(journal).as("a journal is left").isFalse();
  }

  private static HostUpgrader host(HostScenario scenario) {
    return BtrfsHostUpgrader.builder()
        .root(scenario.disk().root())
        .boot(scenario.disk().boot())
        .build();
  }
}
