package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.disk.Disk;
import io.overc.lxc.disk.Subvolumes;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.Real;
import io.overc.testkit.Unmount;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Containers whose root is a subvolume, on a btrfs of their own in a file. */
class BtrfsContainerIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final SnapshotOptions PLAIN = SnapshotOptions.defaults();

  private LxcLab lab;
  private ContainerDriver driver;
  private SnapshotStore store;

  @BeforeEach
  void open() throws IOException {
    Real.tools("mkfs.btrfs", "btrfs", "losetup");
    lab = LxcLab.open();
    Path disk = lab.directory.resolve("disk");
    lab.run("truncate", "-s", "256M", disk.toString());
    lab.run("mkfs.btrfs", "-q", disk.toString());
    lab.run("mount", "-o", "loop", disk.toString(), lab.path().toString());
    driver = lab.driver();
    store = lab.store();
  }

  @AfterEach
  void close() throws IOException {
    for (String name : lab.running()) {
      lab.lxc("lxc-stop", name, "-k");
    }
    Unmount.of(lab.runner, lab.path());
    lab.close();
  }

  @Test
  @DisplayName("subvolumes are snapshotted, rolled back, activated and deleted as subvolumes")
  void subvolumes() throws IOException {
    snapshotsOnTheSameDisk();
    container("web");
    lab.write("web", "version", "one");
    store.create("web", PLAIN, NONE);
    Path snapshot = lab.path().resolve("snaps/web_0/rootfs");
    assertThat(Subvolumes.is(snapshot)).as("the snapshot is a subvolume").isTrue();
    assertThat(ContainerConfig.of(Disk.parent(snapshot)).value("lxc.rootfs.path"))
        .hasValue("btrfs:" + snapshot);
    lab.write("web", "version", "two");
    driver.start("web", NONE);
    driver.rollback("web", NONE);
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(lab.read("web", "version")).isEqualTo("one");
    assertThat(Subvolumes.is(lab.rootOf("web"))).isTrue();
    store.restore(SnapshotId.of("web_0"), "copy", NONE);
    driver.start("copy", NONE);
    assertThat(lab.read("copy", "version")).isEqualTo("one");

    assertThat(driver.activate("web", WhenActive.STOP, NONE).snapshot())
        .hasValue(SnapshotId.of("web_1"));
    assertThat(lab.read("web", "version")).isEmpty();
    assertThat(Subvolumes.is(lab.rootOf("web"))).as("the new one is a subvolume again").isTrue();
    assertThat(Files.readString(lab.path().resolve("snaps/web_1/rootfs/data/version")))
        .isEqualTo("one");
    driver.stop("web", NONE);
    // LXC itself takes it for what it is.
    lab.run(
        "lxc-copy", "-P", lab.path().toString(), "-n", "web", "-N", "theirs", "-s", "-l", "ERROR");
    assertThat(Subvolumes.is(lab.rootOf("theirs"))).isTrue();
    assertThat(driver.status("theirs")).isEqualTo(ContainerStatus.INACTIVE);

    for (String name : new String[] {"web", "copy", "theirs"}) {
      driver.delete(name, WhenActive.STOP, NONE);
    }
    assertThat(store.deleteAll("web", OperationOptions.defaults())).isEqualTo(2);
    assertThat(left()).as("subvolumes that are left").isEmpty();
  }

  @Test
  @DisplayName("subvolumes that a container made in itself are in its snapshots and come back")
  void nestedSubvolumes() throws IOException {
    snapshotsOnTheSameDisk();
    container("web");
    Path root = lab.rootOf("web");
    lab.run("btrfs", "subvolume", "create", root.resolve("home dir").toString());
    lab.run("btrfs", "subvolume", "create", root.resolve("home dir/inner").toString());
    Files.writeString(root.resolve("home dir/inner/letter"), "dear");
    store.create("web", PLAIN, NONE);
    Files.writeString(root.resolve("home dir/inner/letter"), "lost");
    driver.rollback("web", NONE);
    assertThat(root.resolve("home dir/inner/letter")).hasContent("dear");
    assertThat(Subvolumes.is(root.resolve("home dir/inner"))).isTrue();
    driver.delete("web", WhenActive.REFUSE, NONE);
    assertThat(store.deleteAll("web", OperationOptions.defaults())).isEqualTo(1);
    assertThat(left()).isEmpty();
  }

  @Test
  @DisplayName("with snapshots on another disk: refused with the fix, or copied in full")
  void snapshotsElsewhere() throws IOException {
    container("web");
    lab.write("web", "version", "one");
    assertThatThrownBy(() -> store.create("web", PLAIN, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("lxc.snapshots");
    assertThat(store.list("web")).isEmpty();
    WholeSnapshot.of(driver, "web", NONE);
    lab.write("web", "version", "two");
    driver.activate("web", WhenActive.REFUSE, NONE);
    driver.rollback("web", "web_0", NONE);
    assertThat(lab.read("web", "version")).isEqualTo("one");
    driver.rollback("web", "web_1", NONE);
    assertThat(lab.read("web", "version")).isEqualTo("two");
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    driver.delete("web", WhenActive.STOP, NONE);
    store.deleteAll("web", OperationOptions.defaults());
    assertThat(left()).isEmpty();
  }

  private void snapshotsOnTheSameDisk() {
    LxcSettings settings = lab.settings(lab.path().resolve("snaps"));
    driver = LxcBackends.of(settings).template(lab.template()).containerDriver();
    store = LxcBackends.of(settings).snapshotStore();
  }

  private void container(String name) throws IOException {
    Path container = Files.createDirectories(lab.path().resolve(name));
    Path root = container.resolve("rootfs");
    lab.run("btrfs", "subvolume", "create", root.toString());
    LxcLab.root(root, LxcLab.INIT);
    Files.writeString(
        container.resolve("config"),
        Files.readString(lab.config())
            + "lxc.rootfs.path = btrfs:"
            + root
            + "\nlxc.uts.name = "
            + name
            + "\n");
  }

  private String left() {
    return lab.run("btrfs", "subvolume", "list", lab.path().toString()).stdout();
  }
}
