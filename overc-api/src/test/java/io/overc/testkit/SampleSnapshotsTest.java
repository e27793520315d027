package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Proves the kit of snapshot stores: a sample passes, and none of its flaws does. */
class SampleSnapshotsTest extends SampleKit {
  @Test
  @DisplayName("the kit catches every fault that is put into the sample")
  void everyFlawIsCaught() {
    KitMutation.Report report = KitMutation.of(FlawedSample.class, SnapshotFlaw.names()).run();
    int caught = report.caught().size() - report.missed().size();
    System.out.println(
        "Kit of snapshot stores: " + caught + " of " + report.caught().size() + " faults caught");
    assertThat(report.missed()).isEmpty();
  }

  /** What a proof runs; nobody else. */
  @EnabledIf("io.overc.testkit.KitMutation#running")
  static class FlawedSample extends SampleKit {}
}
