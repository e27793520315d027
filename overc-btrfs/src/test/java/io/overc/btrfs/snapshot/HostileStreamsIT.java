package io.overc.btrfs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.snapshot.ImportOptions;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotStore;
import io.overc.snapshot.Trust;
import io.overc.testkit.Real;
import io.overc.testkit.TreeDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports what others wrote into a store of root's. */
class HostileStreamsIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @TempDir @Nullable Path directory;
  private @Nullable LoopBtrfs disk;

  @BeforeEach
  void makeDisk() throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "losetup", "mount", "umount", "prlimit");
    disk = new LoopBtrfs(directory());
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  private Path directory() {
    return java.util.Objects.requireNonNull(directory);
  }

  private LoopBtrfs disk() {
    return java.util.Objects.requireNonNull(disk);
  }

  private Path snapshots() {
    return disk().mount().resolve(".snapshots");
  }

  private SnapshotStore store() {
    return BtrfsSnapshotStore.builder(disk().mount(), snapshots()).build();
  }

  @Test
  @DisplayName("a stream is refused or harmless: nothing outside of its subvolume changes")
  void nothingOutsideChanges() throws IOException {
    Path elsewhere = canary(directory().resolve("canary"));
    Path sameDisk = canary(disk().mount().resolve("canary"));
    byte[] foreign = foreignSubvolume();
    TreeDigest before = TreeDigest.of(elsewhere);
    TreeDigest beforeSameDisk = TreeDigest.of(sameDisk);
    importSecret();
    int refused = 0;
    int harmless = 0;
    List<String> harm = new ArrayList<>();
    for (Path outside : List.of(elsewhere, sameDisk)) {
      for (Map.Entry<String, byte[]> stream :
          HostileStreams.against(outside.toString(), foreign).entrySet()) {
        Path file = Files.write(directory().resolve("stream"), stream.getValue());
        try {
          Snapshot made = store().importFrom(file, "web", NONE);
          harm.addAll(found(stream.getKey(), snapshots().resolve(made.id().text())));
          store().delete(made.id(), NONE);
          harmless++;
        } catch (OvercException e) {
          assertThat(e).as(stream.getKey()).hasMessageContaining(file.toString());
          refused++;
        }
        List<String> changes = new ArrayList<>(before.differences(TreeDigest.of(elsewhere)));
        changes.addAll(beforeSameDisk.differences(TreeDigest.of(sameDisk)));
        changes.addAll(left());
        if (!changes.isEmpty()) {
          harm.add(stream.getKey() + ": " + changes);
          canary(elsewhere);
          canary(sameDisk);
          before = TreeDigest.of(elsewhere);
          beforeSameDisk = TreeDigest.of(sameDisk);
        }
      }
    }
    System.out.printf(
        "Hostile streams: %d tried, %d refused, %d harmless, %d harmed%n",
        refused + harmless, refused, harmless, harm.size());
    assertThat(harm).isEmpty();
    assertThat(refused).isGreaterThan(200);
    assertThat(harmless).isGreaterThan(10);
  }

  private Path canary(Path place) throws IOException {
    disk().run("rm", "-rf", place.toString());
    Files.createDirectories(place.resolve("dir"));
    Files.createDirectory(place.resolve("empty"));
    Files.writeString(place.resolve("file"), "canary ".repeat(1000));
    Files.writeString(place.resolve("dir/inner"), "inner");
    Files.setAttribute(place.resolve("file"), "unix:mode", 0100640);
    Files.setAttribute(place.resolve("file"), "user:a", java.nio.ByteBuffer.wrap(new byte[] {1}));
    return place;
  }

  /** Imports a file that the author of another stream may not read. */
  private void importSecret() throws IOException {
    byte[] stream =
        new SendStream()
            .subvolume("private", SendStream.uuid(9))
            .file("secret")
            .write("secret", "secret ".repeat(1000).substring(0, 4096))
            .bytes();
    store().importFrom(Files.write(directory().resolve("private"), stream), "private", NONE);
  }

  /** Makes a subvolume that the stream's author may not read; returns its UUID. */
  private byte[] foreignSubvolume() throws IOException {
    Path path = disk().mount().resolve("foreign");
    disk().run("btrfs", "subvolume", "create", path.toString());
    Files.writeString(path.resolve("secret"), "secret ".repeat(1000));
    disk().run("btrfs", "property", "set", path.toString(), "ro", "true");
    Matcher uuid =
        Pattern.compile("\\sUUID:\\s+(\\S+)")
            .matcher(disk().run("btrfs", "subvolume", "show", path.toString()));
    assertThat(uuid.find()).isTrue();
    return HexFormat.of().parseHex(uuid.group(1).replace("-", ""));
  }

  /** What an imported snapshot may not hold. */
  private static List<String> found(String stream, Path snapshot) throws IOException {
    List<String> harm = new ArrayList<>();
    try (Stream<Path> files = Files.walk(snapshot)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 1 << 20) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          if (text.contains("canary") || text.contains("secret")) {
            harm.add(stream + ": it holds another's file");
          }
        }
        if (type(file) == 0060000 || type(file) == 0020000) {
          harm.add(stream + ": it holds a device");
        }
      }
    }
    return harm;
  }

  private static int type(Path file) throws IOException {
    return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
  }

  private List<String> left() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path place : List.of(disk().mount(), snapshots())) {
      try (Stream<Path> entries = Files.list(place)) {
        entries.map(entry -> entry.getFileName().toString()).forEach(names::add);
      }
    }
    names.removeIf(name -> name.startsWith("private@"));
    names.removeAll(Set.of("canary", "foreign", ".snapshots", ".lock-web", ".lock-private"));
    return names;
  }

  private Snapshot imported(SendStream stream, ImportOptions options, List<Event> events)
      throws IOException {
    Path file = Files.write(directory().resolve("stream"), stream.bytes());
    return store().importFrom(file, "web", options, OperationOptions.of(events::add));
  }

  private static SendStream withDevice() {
    return new SendStream()
        .subvolume("web")
        .directory("dev")
        .device("dev/sda", 0060660, 0xfe00)
        .device("deleted", 0020000, 0)
        .file("su")
        .write("su", "a program")
        .mode("su", 04755);
  }

  @Test
  @DisplayName("devices are left out with a warning unless they are trusted; whiteouts stay")
  void devices() throws IOException {
    List<Event> events = new ArrayList<>();
    Path made = path(imported(withDevice(), ImportOptions.defaults(), events));
    assertThat(made.resolve("dev/sda")).doesNotExist();
    assertThat(made.resolve("deleted")).exists();
    assertThat(made.resolve("su")).content().isEqualTo("a program");
    assertThat(Files.getAttribute(made.resolve("su"), "unix:mode")).isEqualTo(0104755);
    assertThat(disk().run("btrfs", "property", "get", made.toString(), "ro")).contains("ro=true");
    assertThat(events)
        .filteredOn(Event.Warned.class::isInstance)
        .first()
        .asString()
        .contains("left out the device dev/sda");
    Path trusted =
        path(imported(withDevice(), ImportOptions.trusting(Set.of(Trust.DEVICES)), events));
    assertThat(type(trusted.resolve("dev/sda"))).isEqualTo(0060000);
  }

  private Path path(Snapshot snapshot) {
    return snapshots().resolve(snapshot.id().text());
  }

  @Test
  @DisplayName("other users cannot reach what was imported")
  void closedToOthers() throws IOException {
    imported(withDevice(), ImportOptions.defaults(), new ArrayList<>());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshots())))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(snapshots(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> imported(withDevice(), ImportOptions.defaults(), new ArrayList<>()))
        .hasMessageContaining("other users may enter " + snapshots() + ", and it holds su")
        .hasMessageEndingWith("close that directory to others (mode 0700)");
    assertThat(store().list("web")).hasSize(1);
    imported(
        new SendStream().subvolume("web").file("x"), ImportOptions.defaults(), new ArrayList<>());
  }

  @Test
  @DisplayName("a stream that is cut off between two commands is not taken for a whole one")
  void cutBetweenCommands() throws IOException {
    byte[] whole = new SendStream().subvolume("web").file("a").bytes();
    Path file = directory().resolve("stream");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 10));
    assertThatThrownBy(() -> store().importFrom(file, "web", NONE))
        .hasMessageContaining("it holds no whole snapshot: its end is missing");
  }
}
