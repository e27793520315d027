package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotStoryIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final SnapshotOptions PLAIN = SnapshotOptions.defaults();

  private LxcLab lab;
  private SnapshotStore store;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    store = lab.store();
    lab.overlay("base", "mysql");
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  @DisplayName("snapshot, change, restore under three names: each starts and has its own content")
  void threeNames() throws IOException {
    for (String version : List.of("one", "two", "three")) {
      lab.write("mysql", "version", version);
      store.create("mysql", SnapshotOptions.builder().comment(version).build(), NONE);
    }
    lab.write("mysql", "version", "four");
    store.restore(SnapshotId.of("mysql_0"), "a", NONE);
    store.restore(SnapshotId.of("mysql_1"), "b", NONE);
    store.restore(SnapshotId.of("mysql_2"), "mysql_tmp", NONE);
    assertThat(lab.read("a", "version")).isEqualTo("one");
    assertThat(lab.read("b", "version")).isEqualTo("two");
    assertThat(lab.read("mysql_tmp", "version")).isEqualTo("three");
    assertThat(lab.read("mysql", "version")).isEqualTo("four");
    for (String name : List.of("a", "b", "mysql_tmp", "mysql")) {
      lab.driver().start(name, NONE);
      assertThat(lab.lxc("lxc-attach", name, "--", "cat", "/data/version").stdout())
          .isEqualTo(lab.read(name, "version"));
    }
  }

  @Test
  @DisplayName("lxc-destroy the container and restore it under the same name; and in place")
  void destroyThenRestore() throws IOException {
    lab.write("mysql", "version", "kept");
    store.create("mysql", PLAIN, NONE);
    lab.lxc("lxc-destroy", "mysql");
    assertThat(lab.path().resolve("mysql")).doesNotExist();
    store.restore(SnapshotId.of("mysql_0"), "mysql", NONE);
    assertThat(lab.read("mysql", "version")).isEqualTo("kept");
    lab.write("mysql", "version", "lost");
    store.restore(SnapshotId.of("mysql_0"), "mysql", NONE);
    assertThat(lab.read("mysql", "version")).isEqualTo("kept");
    lab.driver().start("mysql", NONE);
    assertThatThrownBy(() -> store.restore(SnapshotId.of("mysql_0"), "mysql", NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("stop it first");
  }

  @Test
  @DisplayName("what the old lxc-snap made is listed and restored, and the other way round")
  void oldLxcSnap() throws IOException {
    lab.write("mysql", "version", "old");
    // What lxc-snap did: a snapshot clone into the other directory, then ts and comment.
    lab.lxc(
        "lxc-copy", "mysql", "-N", "mysql_0", "-p", lab.snapshots().toString(), "-s", "-K", "-M");
    Files.writeString(lab.snapshots().resolve("mysql_0/ts"), "2013:11:08 14:02:59");
    Files.writeString(
        lab.snapshots().resolve("mysql_0/comment"), "Initial définition\nof a table\n");
    List<Snapshot> listed = store.list("mysql");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).comment()).hasValue("Initial définition\nof a table\n");
    assertThat(listed.get(0).created().orElseThrow())
        .isBetween(Instant.parse("2013-11-07T00:00:00Z"), Instant.parse("2013-11-10T00:00:00Z"));
    lab.write("mysql", "version", "new");
    Snapshot ours = store.create("mysql", SnapshotOptions.builder().comment("mine").build(), NONE);
    assertThat(ours.id()).hasToString("mysql_1");
    store.restore(SnapshotId.of("mysql_0"), "from-old", NONE);
    assertThat(lab.read("from-old", "version")).isEqualTo("old");
    // What lxc-snap -r did.
    lab.run(
        "lxc-copy",
        "-P",
        lab.snapshots().toString(),
        "-n",
        "mysql_1",
        "-N",
        "by-old",
        "-p",
        lab.path().toString(),
        "-s",
        "-K",
        "-M",
        "-l",
        "ERROR");
    assertThat(lab.read("by-old", "version")).isEqualTo("new");
    assertThat(Files.readString(lab.snapshots().resolve("mysql_1/ts")))
        .matches("\\d{4}:\\d\\d:\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(Files.readString(lab.snapshots().resolve("mysql_1/comment"))).isEqualTo("mine");
    // The old trap: such a snapshot made lxc-destroy refuse. Our own deletion looks closer.
    lab.driver().delete("mysql", WhenActive.REFUSE, NONE);
    store.restore(SnapshotId.of("mysql_0"), "mysql", NONE);
    assertThat(lab.read("mysql", "version")).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("snapshots of lxc-snapshot are seen, restored, kept through a rollback, deleted")
  void lxcSnapshot(boolean besideLxcSnap) throws IOException {
    if (!besideLxcSnap) {
      // Where this directory is there, lxc-snapshot uses it; else the container's own.
      Files.delete(lab.snapshots());
    }
    lab.write("mysql", "version", "one");
    lab.lxc("lxc-snapshot", "mysql");
    assertThat(lab.path().resolve("mysql/snaps").toFile().exists()).isEqualTo(!besideLxcSnap);
    lab.write("mysql", "version", "two");
    store.create("mysql", PLAIN, NONE);
    assertThat(ids("mysql")).containsExactlyInAnyOrder("mysql/snap0", "mysql_0");
    assertThat(store.subjects()).containsExactly("mysql");
    store.restore(SnapshotId.of("mysql/snap0"), "copy", NONE);
    assertThat(lab.read("copy", "version")).isEqualTo("one");
    lab.driver().rollback("mysql", "snap0", NONE);
    assertThat(lab.read("mysql", "version")).isEqualTo("one");
    assertThat(store.list("mysql")).hasSize(2);
    lab.driver().rollback("mysql", "mysql_0", NONE);
    assertThat(lab.read("mysql", "version")).isEqualTo("two");
    if (besideLxcSnap) {
      lab.driver().delete("mysql", WhenActive.STOP, NONE);
    } else {
      assertThatThrownBy(() -> lab.driver().delete("mysql", WhenActive.STOP, NONE))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("mysql/snap0");
    }
    assertThat(store.deleteAll("mysql", NONE)).isEqualTo(2);
    assertThat(store.list("mysql")).isEmpty();
    assertThat(store.subjects()).isEmpty();
  }

  @Test
  @DisplayName("a running container is refused, or frozen meanwhile on request and thawed again")
  void freeze() throws IOException {
    lab.driver().start("mysql", NONE);
    assertThatThrownBy(() -> store.create("mysql", PLAIN, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("frozen");
    assertThat(store.list("mysql")).isEmpty();
    lab.write("mysql", "version", "live");
    store.create("mysql", SnapshotOptions.builder().freeze(true).build(), NONE);
    assertThat(lab.lxc("lxc-info", "mysql", "-s", "-H").stdout().strip()).isEqualTo("RUNNING");
    store.restore(SnapshotId.of("mysql_0"), "copy", NONE);
    assertThat(lab.read("copy", "version")).isEqualTo("live");
  }

  @Test
  @DisplayName("one in a plain directory is refused with the fix, unless a full copy is asked for")
  void plainDirectory() throws IOException {
    assertThatThrownBy(() -> store.create("base", PLAIN, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("full copy")
        .hasMessageContaining("overlay");
    lab.write("base", "version", "full");
    store.create("base", SnapshotOptions.builder().fullCopy(true).build(), NONE);
    store.restore(SnapshotId.of("base_0"), "copy", NONE);
    assertThat(lab.read("copy", "version")).isEqualTo("full");
    lab.driver().start("copy", NONE);
    assertThat(lab.driver().status("copy")).isEqualTo(ContainerStatus.ACTIVE);
  }

  @Test
  @DisplayName("what others lie on is not deleted or replaced, and they are named")
  void dependents() throws IOException {
    store.create("mysql", PLAIN, NONE);
    assertThatThrownBy(() -> lab.driver().delete("base", WhenActive.STOP, NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mysql")
        .hasMessageContaining("mysql_0");
    assertThatThrownBy(() -> lab.driver().activate("base", WhenActive.STOP, NONE))
        .isInstanceOf(RefusedException.class);
    assertThat(lab.path().resolve("base/rootfs/sbin/init")).exists();
    lab.driver().delete("mysql", WhenActive.STOP, NONE);
    store.delete(SnapshotId.of("mysql_0"), NONE);
    lab.lxc("lxc-destroy", "base");
  }

  @Test
  @DisplayName("names with underscores and prefixes of other names are never confused")
  void confusingNames() throws IOException {
    for (String name : List.of("my", "mysql_1", "mysql_1_0")) {
      lab.overlay("base", name);
      lab.write(name, "who", name);
      store.create(name, PLAIN, NONE);
    }
    assertThat(store.list("mysql")).isEmpty();
    assertThat(ids("my")).containsExactly("my_0");
    assertThat(ids("mysql_1")).containsExactly("mysql_1_0");
    assertThat(ids("mysql_1_0")).containsExactly("mysql_1_0_0");
    assertThat(store.subjects()).containsExactly("my", "mysql_1", "mysql_1_0");
    store.restore(SnapshotId.of("mysql_1_0"), "back", NONE);
    assertThat(lab.read("back", "who")).isEqualTo("mysql_1");
  }

  @Test
  @DisplayName("an export is a tar.gz that a plain tar unpacks with owners, xattrs and holes")
  void exportAndImport() throws IOException {
    Path data = Files.createDirectories(lab.rootOf("mysql").resolve("data"));
    Files.writeString(data.resolve("version"), "exported");
    lab.run(
        "sh",
        "-c",
        "cd \"$1\" && truncate -s 50M hole && touch owned && chown 1234:567 owned"
            + " && setfattr -n user.note -v hello owned && mknod null c 1 3 && ln owned hard"
            + " && chmod 4711 version",
        "sh",
        data.toString());
    store.create("mysql", SnapshotOptions.builder().comment("shipped").build(), NONE);
    Path file = lab.directory.resolve("ship.tar.gz");
    store.exportTo(SnapshotId.of("mysql_0"), file, NONE);
    assertThat(Files.size(file)).isLessThan(20_000_000);
    Path out = Files.createDirectories(lab.directory.resolve("out"));
    lab.run("tar", "-xzf", file.toString(), "-C", out.toString(), "--xattrs");
    Path unpacked = out.resolve("mysql_0/rootfs/data");
    assertThat(out.resolve("mysql_0/rootfs/bin/busybox")).exists();
    assertThat(lab.run("stat", "-c", "%u:%g %a %h", unpacked.resolve("owned").toString()).stdout())
        .startsWith("1234:567 644 2");
    assertThat(lab.run("stat", "-c", "%a", unpacked.resolve("version").toString()).stdout().strip())
        .isEqualTo("4711");
    String owned = unpacked.resolve("owned").toString();
    assertThat(lab.run("getfattr", "--only-values", "-n", "user.note", owned).stdout())
        .isEqualTo("hello");
    assertThat(lab.run("stat", "-c", "%F %b", unpacked.resolve("null").toString()).stdout())
        .startsWith("character special file");
    assertThat(
            Long.parseLong(
                lab.run("stat", "-c", "%b", unpacked.resolve("hole").toString()).stdout().strip()))
        .isLessThan(100);

    Snapshot imported = store.importFrom(file, "shipped", NONE);
    assertThat(imported.id()).hasToString("shipped_0");
    assertThat(imported.comment()).hasValue("shipped");
    lab.driver().delete("mysql", WhenActive.STOP, NONE);
    store.delete(SnapshotId.of("mysql_0"), NONE);
    lab.driver().delete("base", WhenActive.STOP, NONE);
    store.restore(SnapshotId.of("shipped_0"), "again", NONE);
    lab.driver().start("again", NONE);
    assertThat(lab.lxc("lxc-attach", "again", "--", "cat", "/data/version").stdout())
        .isEqualTo("exported");
    assertThat(Files.readString(Path.of("/proc/self/mounts")))
        .doesNotContain(lab.directory.toString());
  }

  @Test
  @DisplayName("snapshots of a container that is gone are listed and deleted; ids are not reused")
  void deletion() throws IOException {
    store.create("mysql", PLAIN, NONE);
    store.create("mysql", PLAIN, NONE);
    store.delete(SnapshotId.of("mysql_0"), NONE);
    assertThat(store.create("mysql", PLAIN, NONE).id()).hasToString("mysql_2");
    lab.driver().delete("mysql", WhenActive.STOP, NONE);
    assertThat(store.list("mysql")).hasSize(2);
    assertThatThrownBy(() -> store.restore(SnapshotId.of("mysql_0"), "x", NONE))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("mysql_1, mysql_2");
    assertThat(store.deleteAll("mysql", NONE)).isEqualTo(2);
    lab.lxc("lxc-destroy", "base");
  }

  private List<String> ids(String subject) {
    return store.list(subject).stream().map(snapshot -> snapshot.id().text()).toList();
  }
}
