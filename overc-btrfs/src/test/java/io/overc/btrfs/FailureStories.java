package io.overc.btrfs;

import static io.overc.host.UpgradeOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.PackageServer;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.host.Phase;
import io.overc.host.UpgradeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a host survives: whatever fails, it boots as before. */
interface FailureStories {

  /** Returns the host under test; as it was in the beginning before each test. */
  TestHost host();

  @Test
  @DisplayName("a package whose post-script fails: the host boots as before")
  default void failingPostScript() {
    host().publish(LabPackage.demo("2").withPost("echo post fails; exit 1"));
    failsAndChangesNothing();
  }

  @Test
  @DisplayName("a package whose pre-script fails: the host boots as before")
  default void failingPreScript() {
    host().publish(LabPackage.demo("2").withPre("echo pre fails; exit 1"));
    failsAndChangesNothing();
  }

  private OvercException failsAndChangesNothing() {
    Map<String, String> before = host().everything();
    List<Event> events = new ArrayList<>();
    List<OvercException> failures = new ArrayList<>();
    assertThatThrownBy(
            () -> host().upgrader().upgrade(defaults(), OperationOptions.of(events::add)))
        .isInstanceOfSatisfying(OvercException.class, failures::add);
    assertThat(host().changesSince(before)).isEmpty();
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Event.Finished.class, finished -> assertThat(finished.succeeded()).isFalse());
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("1");
    return failures.get(0);
  }

  @Test
  @DisplayName("a failed root is kept on request, and is not in the way of the next upgrade")
  default void keepFailed() {
    host().publish(LabPackage.demo("2").withPre("exit 1"));
    assertThatThrownBy(
            () ->
                host()
                    .upgrader()
                    .upgrade(
                        UpgradeOptions.builder().keepFailed(true).build(),
                        OperationOptions.defaults()))
        .isInstanceOf(OvercException.class);
    assertThat(failedRoots()).hasSize(1);
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
    host().publish(LabPackage.demo("3"));
    host().upgrade();
    host().disk().reboot();
    assertThat(host().version()).isEqualTo("3");
    assertThat(failedRoots()).hasSize(1);
  }

  private List<String> failedRoots() {
    return host().everything().keySet().stream()
        .filter(key -> key.matches("ID \\d+ .*path rootfs_failed_\\S+"))
        .toList();
  }

  @Test
  @DisplayName("a repository that vanishes in the middle of a package: the host boots as before")
  default void repositoryVanishesDuringTheUpgrade() {
    try (PackageServer server = PackageServer.start(host().offer().directory())) {
      host().offer().useUrl().accept(server.url());
      host().publish(LabPackage.demo("2").withPadding(1 << 20));
      server.vanishAt(host().offer().packages());
      failsAndChangesNothing();
      assertThat(server.requests()).anyMatch(path -> path.endsWith(host().offer().packages()));
    }
  }

  @Test
  @DisplayName("a repository that is gone: the update of the package lists says so")
  default void repositoryIsGone() {
    try (PackageServer server = PackageServer.start(host().offer().directory())) {
      host().offer().useUrl().accept(server.url());
      server.vanishAt("");
      assertThatThrownBy(() -> host().upgrader().update(OperationOptions.defaults()))
          .isInstanceOf(OvercException.class)
          .hasMessageContaining("refresh the package lists");
    }
  }

  @Test
  @DisplayName("the disk is full during the upgrade: the host boots as before")
  default void diskFullDuringTheUpgrade() {
    host().publish(LabPackage.demo("2").withPadding(8 << 20));
    failsWhenFilledAt("upgrade 1 packages");
  }

  @Test
  @DisplayName("the disk is full when the snapshot is made: the host boots as before")
  default void diskFullDuringTheSnapshot() {
    host().publish(LabPackage.demo("2"));
    failsWhenFilledAt("snapshot rootfs");
    assertThat(host().upgrade().upgraded()).isTrue();
  }

  private void failsWhenFilledAt(String step) {
    Map<String, String> before = host().everything();
    AtomicBoolean filled = new AtomicBoolean();
    assertThatThrownBy(
            () ->
                host()
                    .upgrader()
                    .upgrade(
                        defaults(),
                        OperationOptions.of(
                            event -> {
                              if (event instanceof Event.StepStarted started
                                  && started.title().startsWith(step)
                                  && filled.compareAndSet(false, true)) {
                                TestHost.fill(host().disk().root());
                              }
                            })))
        .isInstanceOf(OvercException.class);
    assertThat(filled).isTrue();
    host().makeRoom(host().disk().root());
    assertThat(host().changesSince(before)).isEmpty();
    assertThat(host().phase()).isEqualTo(Phase.CLEAN);
  }

  @Test
  @DisplayName("/boot is full: nothing is changed, and it is said")
  default void bootIsFull() {
    host().publish(LabPackage.demo("2"), LabPackage.fakeKernel("2"));
    TestHost.fill(host().disk().boot());
    OvercException failure = failsAndChangesNothing();
    assertThat(failure).hasMessageContaining(host().disk().boot() + " is too full");
  }
}
