package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.DiskLayout.BootFileSystem;
import io.overc.btrfs.lab.LabPackage;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cuts the power at every flush of the disk, and in between with writes missing or torn, while a
 * host changes and while it recovers from a power cut: both boot entries find whole systems with
 * their kernels, and recovery brings the host to a clean or a pending state.
 *
 * <p>With {@code -Doverccases=full} there are more verbs and more cuts.
 */
class PowerCutIT {
  private static final boolean FULL = Real.everyCase();
  private static final int PER_EPOCH = FULL ? 8 : 1;

  private static Path archive = Path.of("");
  private static int verbs;
  private static int recoveries;
  private static int points;
  private static int variants;
  private static int failures;

  @BeforeAll
  static void prepare(@TempDir Path directory) {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox");
    Real.tools("qemu-storage-daemon", "e2fsck", "debugfs");
    archive = directory.resolve("classes.jsa");
    HostVerb.archiveClasses(archive);
  }

  @AfterAll
  static void count() {
    System.out.printf(
        "Power cuts: %d recorded verbs, %d recorded recoveries, %d flush points, %d variants with"
            + " writes missing or torn, %d failures%n",
        verbs, recoveries, points, variants, failures);
  }

  /**
   * A disk, what is done on it, the verb last; and the changes after which recovery is recorded.
   */
  static Stream<Arguments> stories() {
    return Stream.of(BootFileSystem.values()).flatMap(PowerCutIT::storiesOn);
  }

  private static Stream<Arguments> storiesOn(BootFileSystem boot) {
    String second = "publish 2, UPGRADE, reboot, publish 3, ";
    Stream<Arguments> usual =
        Stream.of(
            Arguments.of(boot, second + "UPGRADE", List.of("exchange rootfs.new rootfs", "COMMIT")),
            Arguments.of(boot, "publish 2, UPGRADE, reboot, ROLLBACK", List.of("COMMIT")),
            Arguments.of(boot, second + "UPGRADE, CANCEL", List.of("publish bzImage")));
    Stream<Arguments> more =
        Stream.of(
            Arguments.of(boot, "publish 2, UPGRADE", List.of("COMMIT")),
            Arguments.of(boot, second + "UPGRADE, publish 4, CONTINUE", List.of("COMMIT")),
            Arguments.of(boot, second + "UPGRADE, publish 4, REPLACE", List.of()));
    return FULL ? Stream.concat(usual, more) : usual;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("stories")
  @DisplayName("whenever the power goes, the host boots and recovers")
  void survives(BootFileSystem boot, String story, List<String> recovered) throws IOException {
    DiskLayout layout = DiskLayout.small().withBootFileSystem(boot);
    try (HostScenario scenario = scenario(layout, story)) {
      PowerCutTrial trial = new PowerCutTrial(scenario, layout);
      PowerCutRecording verb = trial.record("");
      trial.cut(verb, PER_EPOCH);
      for (String change : recovered) {
        int entries = change.equals("COMMIT") ? verb.commit() : verb.after(change);
        trial.cut(trial.recordRecovery(verb, entries), PER_EPOCH);
      }
      verbs++;
      recoveries += recovered.size();
      points += trial.points();
      variants += trial.variants();
      failures += trial.failures().size();
      assertThat(trial.failures()).isEmpty();
    }
  }

  @Test
  @DisplayName("a host upgrade that does not sync is found out")
  void findsOut() throws IOException {
    DiskLayout layout = DiskLayout.small();
    try (HostScenario scenario =
        scenario(layout, "publish 2, UPGRADE, reboot, publish 3, UPGRADE")) {
      PowerCutTrial trial = new PowerCutTrial(scenario, layout);
      trial.cut(trial.record("sync"), 0);
      assertThat(trial.failures()).isNotEmpty();
    }
  }

  private static HostScenario scenario(DiskLayout layout, String story) {
    List<String> words = List.of(story.split(", ", -1));
    HostVerb verb = HostVerb.valueOf(words.get(words.size() - 1));
    String[] history = words.subList(0, words.size() - 1).toArray(String[]::new);
    return new HostScenario(verb, archive, layout, LabPackage::bulkyKernel, history);
  }
}
