package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageSource;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link ContainerDriver} tells: events, results, and what it finds. */
abstract class ContainerReportKit extends ContainerFaultKit {

  @Test
  @DisplayName("a listener hears each operation from its start to its one end, and cannot break it")
  void events() {
    ContainerDriver driver = driver();
    String name = newName();
    heard(name, true, call -> driver.activate(name, WhenActive.REFUSE, call));
    heard(name, true, call -> driver.stop(name, call));
    heard(name, true, call -> driver.stop(name, call));
    heard(name, true, call -> driver.start(name, call));
    heard(name, true, call -> driver.upgrade(name, UpgradeSource.IMAGE, call));
    if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
      heard(name, true, call -> driver.snapshots().create(name, safest(driver), call));
      heard(name, true, call -> driver.rollback(name, call));
      heard(name, true, call -> driver.snapshots().deleteAll(name, call));
    }
    heard(name, false, call -> driver.delete(name, WhenActive.REFUSE, call));
    heard(name, true, call -> driver.delete(name, WhenActive.STOP, call));
    heard(name, false, call -> driver.start(name, call));
  }

  private void heard(String name, boolean succeeds, Consumer<OperationOptions> operation) {
    EventLog log = new EventLog();
    Optional<Throwable> thrown = Optional.empty();
    try {
      operation.accept(log.call());
    } catch (OvercException e) {
      thrown = Optional.of(e);
    }
    assertThat(thrown.isEmpty()).as("succeeds: " + thrown).isEqualTo(succeeds);
    assertThat(log.checked(name).failure()).as("the end tells how it went").isEqualTo(thrown);
  }

  @Test
  @DisplayName("results say what was done")
  void results() {
    ContainerDriver driver = driver();
    String name = newName();
    ActivateResult created = driver.activate(name, WhenActive.REFUSE, NONE);
    assertThat(created.outcome()).isNotEqualTo(ActivateResult.Outcome.REPLACED);
    assertThat(created.snapshot()).isEmpty();
    ActivateResult replaced = driver.activate(name, WhenActive.STOP, NONE);
    assertThat(replaced.outcome()).isNotEqualTo(ActivateResult.Outcome.CREATED);
    replaced.snapshot().ifPresent(id -> listed(name, id));
    UpgradeResult upgraded = driver.upgrade(name, UpgradeSource.IMAGE, NONE);
    assertThat(upgraded.name()).isEqualTo(name);
    assertThat(upgraded.source()).isEqualTo(UpgradeSource.IMAGE);
    assertThat(upgraded.change()).isNotEqualTo(Change.UNCHANGED);
    upgraded.snapshot().ifPresent(id -> listed(name, id));
    if (driver.features().contains(ContainerFeature.SNAPSHOT)) {
      String id = snapshot(name);
      driver
          .rollback(name, NONE)
          .snapshot()
          .ifPresent(back -> assertThat(back.text()).isEqualTo(id));
      int count = driver.snapshots().list(name).size();
      assertThat(driver.snapshots().deleteAll(name, NONE)).isEqualTo(count);
    }
  }

  private void listed(String name, SnapshotId id) {
    assertThat(driver().snapshots().list(name))
        .extracting(Snapshot::id)
        .as("the last snapshot")
        .endsWith(id);
  }

  @Test
  @DisplayName("what the driver cannot do it refuses, and nothing changes")
  void unsupported() {
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "mine");
    if (!driver.features().contains(ContainerFeature.SEND_IMAGE)) {
      assertThatThrownBy(() -> driver.sendImage(ImageSource.of("/an/image"), NONE))
          .isInstanceOf(RefusedException.class);
    }
    if (!driver.features().contains(ContainerFeature.UPGRADE_PACKAGES)) {
      assertThatThrownBy(() -> driver.upgrade(name, UpgradeSource.PACKAGES, NONE))
          .isInstanceOf(RefusedException.class);
    }
    if (!driver.features().contains(ContainerFeature.SNAPSHOT)) {
      assertThatThrownBy(() -> driver.snapshots().create(name, safest(driver), NONE))
          .isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> driver.rollback(name, NONE)).isInstanceOf(RefusedException.class);
    }
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("mine");
  }

  @Test
  @DisplayName("where the image is missing, nothing is touched")
  void imageIsMissing() {
    ContainerDriver driver = driver();
    String name = activated();
    String other = newName();
    write(name, "mine");
    boolean done =
        withoutImage(
            () -> {
              assertThatThrownBy(() -> driver.activate(name, WhenActive.STOP, NONE))
                  .isInstanceOf(OvercException.class);
              assertThatThrownBy(() -> driver.activate(other, WhenActive.REFUSE, NONE))
                  .isInstanceOf(OvercException.class);
            });
    Assumptions.assumeTrue(done, "the image cannot be taken away");
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("mine");
    assertThat(driver.find(name).flatMap(Container::pending)).isEmpty();
    assertThat(driver.status(other)).isEqualTo(ContainerStatus.ABSENT);
    driver.activate(other, WhenActive.REFUSE, NONE);
  }

  @Test
  @DisplayName("a frozen container is active")
  void frozenIsActive() {
    ContainerDriver driver = driver();
    String name = activated();
    Assumptions.assumeTrue(freeze(name), "containers cannot be frozen here");
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(driver.list())
        .filteredOn(container -> container.name().equals(name))
        .allSatisfy(
            container ->
                container.status().ifPresent(s -> assertThat(s).isEqualTo(ContainerStatus.ACTIVE)));
    assertThatThrownBy(() -> driver.delete(name, WhenActive.REFUSE, NONE))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  @DisplayName("a container that cannot be read hides no other")
  void damagedEntry() {
    ContainerDriver driver = driver();
    String first = activated();
    String second = activated();
    String third = activated();
    Assumptions.assumeTrue(damage(second), "containers cannot be damaged here");
    assertThat(driver.list()).extracting(Container::name).contains(first, third);
    assertThat(driver.status(first)).isEqualTo(ContainerStatus.ACTIVE);
  }

  @Test
  @DisplayName("a snapshot holds the whole tree, and a rollback brings back just that")
  void wholeTree() throws Exception {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    driver.stop(name, NONE);
    Optional<Path> root = tree(name);
    Assumptions.assumeTrue(root.isPresent(), "the root of a container is no directory here");
    TreeManifest.fill(root.get());
    var before = TreeManifest.of(root.get());
    String id = snapshot(name);
    TreeManifest.change(root.get());
    driver.rollback(name, id, NONE);
    assertThat(TreeManifest.of(tree(name).orElseThrow())).isEqualTo(before);
  }

  @Test
  @DisplayName("a package upgrade changes what is newer, and goes back if it fails")
  void packages() {
    assumeFeature(ContainerFeature.UPGRADE_PACKAGES);
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "mine");
    Assumptions.assumeTrue(offerPackages(false), "no packages can be offered");
    UpgradeResult first = driver.upgrade(name, UpgradeSource.PACKAGES, NONE);
    assertThat(first.change()).isNotEqualTo(Change.UNCHANGED);
    if (first.change() == Change.CHANGED) {
      assertThat(first.packages()).as("the packages that changed").isNotEmpty();
    }
    first.snapshot().ifPresent(id -> listed(name, id));
    List<Snapshot> before = driver.snapshots().list(name);
    UpgradeResult again = driver.upgrade(name, UpgradeSource.PACKAGES, NONE);
    assertThat(again.change()).isNotEqualTo(Change.CHANGED);
    assertThat(again.snapshot()).isEmpty();
    assertThat(driver.snapshots().list(name)).isEqualTo(before);
    offerPackages(true);
    assertThatThrownBy(() -> driver.upgrade(name, UpgradeSource.PACKAGES, NONE))
        .isInstanceOf(OvercException.class);
    assertThat(isWhole(name)).as("nothing is half-installed").isTrue();
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("mine");
  }
}
