package io.overc.btrfs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.PathSubjects;
import io.overc.testkit.Real;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit and the guards on a real btrfs. */
class BtrfsSnapshotStoreIT extends SnapshotStoreContract {
  private @Nullable LoopBtrfs disk;

  @BeforeEach
  void makeDisk(@TempDir Path directory) throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "losetup", "mount", "umount");
    disk = new LoopBtrfs(directory);
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private LoopBtrfs disk() {
    if (disk == null) {
      throw new IllegalStateException("no disk");
    }
    return disk;
  }

  private Path subject(String name) {
    return disk().mount().resolve(name);
  }

  private Path snapshots() {
    return disk().mount().resolve(".snapshots");
  }

  private BtrfsSnapshotStoreBuilder builder() {
    return BtrfsSnapshotStore.builder(disk().mount(), snapshots());
  }

  @Override
  protected Optional<SnapshotStore> store(SideEffects effects) {
    return Optional.of(builder().effects(effects).build());
  }

  @Override
  protected Optional<SnapshotStore> store(Clock clock) {
    return Optional.of(builder().clock(clock).build());
  }

  @Override
  protected Optional<Path> tree(String subject) {
    return Optional.of(subject(subject));
  }

  @Override
  protected boolean remove(String subject) {
    disk().run("btrfs", "subvolume", "delete", subject(subject).toString());
    return true;
  }

  @Override
  protected List<String> leftovers() throws IOException {
    List<String> left = new ArrayList<>(PathSubjects.hidden(disk().mount(), snapshots()));
    left.removeIf(name -> name.equals(".snapshots") || name.startsWith(".comments-"));
    return left;
  }

  @Override
  protected Optional<Path> lockFile(String subject) {
    return Optional.of(snapshots().resolve(".lock-" + subject));
  }

  @Override
  protected SnapshotStore store() {
    return builder().build();
  }

  @Override
  protected void write(String subject, String text) throws IOException {
    if (Files.notExists(subject(subject))) {
      disk().run("btrfs", "subvolume", "create", subject(subject).toString());
    }
    Files.writeString(subject(subject).resolve("says"), text);
  }

  @Override
  protected Optional<String> read(String subject) throws IOException {
    Path file = subject(subject).resolve("says");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  @Test
  @DisplayName("a snapshot is a read-only subvolume")
  void snapshotsAreReadOnly() throws IOException {
    write("web", "v1");
    Path snapshot = disk().mount().resolve(".snapshots").resolve(create("web").id().text());
    assertThatThrownBy(() -> Files.writeString(snapshot.resolve("says"), "v2"))
        .hasMessageContaining("Read-only file system");
  }

  @Test
  @DisplayName("what is mounted is neither replaced nor deleted")
  void mountedStays(@TempDir Path point) throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    String device = disk().run("findmnt", "-no", "SOURCE", disk().mount().toString()).strip();
    disk().run("mount", "-o", "subvol=web", device, point.toString());
    try {
      assertThatThrownBy(() -> store().restore(id, "web", OperationOptions.defaults()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("is mounted at " + point);
    } finally {
      disk().unmount(point);
    }
    disk().run("mount", "-o", "subvol=.snapshots/" + id, device, point.toString());
    try {
      assertThatThrownBy(() -> store().delete(id, OperationOptions.defaults()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("is mounted at " + point);
    } finally {
      disk().unmount(point);
    }
  }

  @Test
  @DisplayName("the default subvolume is not replaced")
  void defaultStays() throws IOException {
    write("web", "v1");
    SnapshotId id = create("web").id();
    disk().run("btrfs", "subvolume", "set-default", subject("web").toString());
    assertThatThrownBy(() -> store().restore(id, "web", OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the next boot mounts it");
  }

  @Test
  @DisplayName("nested subvolumes are warned of, and not lost in a restore in place")
  void nestedSubvolumes() throws IOException {
    write("web", "v1");
    disk().run("btrfs", "subvolume", "create", subject("web").resolve("nested").toString());
    List<Event> events = new ArrayList<>();
    SnapshotId id =
        store().create("web", SnapshotOptions.defaults(), OperationOptions.of(events::add)).id();
    assertThat(events).anyMatch(Event.Warned.class::isInstance);
    assertThatThrownBy(() -> store().restore(id, "web", OperationOptions.defaults()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("would be lost");
    assertThat(subject("web").resolve("nested")).exists();
  }

  @Test
  @DisplayName("a plain directory is refused as a subject")
  void plainDirectory() throws IOException {
    Files.createDirectory(subject("plain"));
    assertThatThrownBy(() -> create("plain"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is a plain directory");
    assertThat(store().list("plain")).isEmpty();
  }

  @Test
  @DisplayName("damaged comments hide no snapshot and no other comment, and are not written over")
  void damagedComments() throws IOException {
    write("web", "v1");
    SnapshotOptions options = SnapshotOptions.builder().comment("x").build();
    SnapshotId id = store().create("web", options, OperationOptions.defaults()).id();
    Path comments = snapshots().resolve(".comments-web");
    Files.writeString(comments, Files.readString(comments) + "half a li");
    assertThat(store().list("web")).extracting(Snapshot::id).containsExactly(id);
    assertThat(store().list("web").get(0).comment()).contains("x");
    assertThatThrownBy(() -> store().create("web", options, OperationOptions.defaults()))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(".comments-web is damaged");
    store().delete(id, OperationOptions.defaults());
    assertThat(store().subjects()).isEmpty();
  }

  @Test
  @DisplayName("a truncated export is not imported, and nothing is left of it")
  void truncatedExport(@TempDir Path directory) throws IOException {
    write("web", "v1");
    Path file = directory.resolve("export");
    store().exportTo(create("web").id(), file, OperationOptions.defaults());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
    assertThatThrownBy(() -> store().importFrom(file, "other", OperationOptions.defaults()))
        .isInstanceOf(OvercException.class);
    assertThat(store().list("other")).isEmpty();
    try (Stream<Path> left = Files.list(disk().mount().resolve(".snapshots"))) {
      assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith(".receive"));
    }
  }
}
