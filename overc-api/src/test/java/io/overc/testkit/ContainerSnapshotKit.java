package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerFeature;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.snapshot.SnapshotId;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link ContainerDriver} promises about snapshots and rollback. */
abstract class ContainerSnapshotKit extends ContainerKit {
  @Test
  @DisplayName("an active container goes back to a snapshot by its id, and to the latest one")
  void snapshotsAndRollback() {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "one");
    String one = snapshot(name);
    write(name, "two");
    String two = snapshot(name);
    write(name, "three");

    assertThat(driver.rollback(name, one, NONE).snapshot()).hasValue(SnapshotId.of(one));
    assertThat(read(name)).isEqualTo("one");
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    driver.rollback(name, NONE);
    assertThat(read(name)).isEqualTo("two");

    assertThat(driver.snapshots().list(name))
        .extracting(snapshot -> snapshot.id().text())
        .contains(one, two);
    assertThat(driver.snapshots().list(name))
        .allSatisfy(snapshot -> assertThat(snapshot.subject()).isEqualTo(name));
  }

  @Test
  @DisplayName("an inactive container stays inactive through snapshot and rollback")
  void rollbackOfAnInactiveContainer() {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    driver.stop(name, NONE);
    write(name, "kept");
    String id = snapshot(name);
    write(name, "lost");
    driver.rollback(name, id, NONE);
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(read(name)).isEqualTo("kept");
  }

  @Test
  @DisplayName("snapshots outlive their container until they are deleted, and then nothing is left")
  void snapshotsOutliveTheirContainer() throws IOException {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    String id = snapshot(name);
    driver.delete(name, WhenActive.STOP, NONE);
    assertThat(driver.snapshots().list(name))
        .extracting(snapshot -> snapshot.id().text())
        .containsExactly(id);
    assertNothingIsLeft();
    assertThat(driver.snapshots().deleteAll(name, NONE)).isEqualTo(1);
    assertThat(driver.snapshots().list(name)).isEmpty();
    assertNothingIsLeft();
  }

  @Test
  @DisplayName("a snapshot that is not there is named, and nothing changes")
  void missingSnapshot() {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    write(name, "mine");
    assertThatThrownBy(() -> driver.rollback(name, "no-such-snapshot", NONE))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("no-such-snapshot");
    assertThatThrownBy(() -> driver.rollback(name, "../x", NONE)).is(malformed());
    assertThat(driver.status(name)).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(read(name)).isEqualTo("mine");
  }

  @Test
  @DisplayName("snapshots of a container are not those of one whose name begins alike")
  void namesThatBeginAlike() {
    assumeFeature(ContainerFeature.SNAPSHOT);
    ContainerDriver driver = driver();
    String name = activated();
    String longer = name + "_0";
    names.add(longer);
    driver.activate(longer, WhenActive.REFUSE, NONE);
    String id = snapshot(longer);
    assertThat(driver.snapshots().list(name)).isEmpty();
    driver.snapshots().deleteAll(name, NONE);
    assertThat(driver.snapshots().list(longer))
        .extracting(snapshot -> snapshot.id().text())
        .containsExactly(id);
  }
}
