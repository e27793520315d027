package io.overc.btrfs.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.btrfs.lab.LoopBtrfs;
import io.overc.error.OvercException;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel is asked directly, beside what the tool says of it. */
class SubvolumesIT {
  private static final Pattern LINE =
      Pattern.compile("ID (\\d+) gen \\d+ top level \\d+ path (.*)");

  private LoopBtrfs disk;
  private Subvolumes subvolumes;

  @BeforeEach
  void mount(@TempDir Path directory) throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "losetup");
    disk = new LoopBtrfs(directory);
    subvolumes =
        new Subvolumes(
            disk.mount(),
            command -> {
              throw new AssertionError("no process is needed");
            },
            disk.mount());
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  @DisplayName("lists what the tool lists: nested, in directories, with blanks and UTF-8")
  void list() throws IOException {
    create("rootfs");
    Files.createDirectories(disk.mount().resolve("rootfs/var/lib/über dir"));
    create("rootfs/var/lib/über dir/in ner");
    create("rootfs/var/lib/über dir/in ner/deeper");
    Files.createDirectory(disk.mount().resolve("directory"));
    create("directory/sub");
    for (int i = 0; i < 150; i++) {
      create("many-" + i);
    }
    disk.run("btrfs", "subvolume", "delete", disk.mount().resolve("many-7").toString());

    assertThat(subvolumes.list()).hasSize(153).containsExactlyInAnyOrderElementsOf(byTool());
  }

  @Test
  @DisplayName("snapshots, makes one the default and deletes")
  void change() throws IOException {
    create("rootfs");
    Files.writeString(disk.mount().resolve("rootfs/file"), "1");
    assertThat(subvolumes.defaultId()).isEqualTo(Subvolume.TOP_LEVEL);

    subvolumes.snapshot("rootfs", "rootfs_upgrade.new");
    Files.writeString(disk.mount().resolve("rootfs_upgrade.new/file"), "2");
    long id = idOf("rootfs_upgrade.new");
    subvolumes.setDefault(id);

    assertThat(disk.mount().resolve("rootfs/file")).hasContent("1");
    assertThat(subvolumes.defaultId()).isEqualTo(id);
    assertThat(disk.run("btrfs", "subvolume", "get-default", disk.mount().toString()))
        .startsWith("ID " + id + " ");
    subvolumes.delete(List.of("rootfs"));
    assertThat(subvolumes.list())
        .containsExactly(new Subvolume(id, "rootfs_upgrade.new"))
        .containsExactlyElementsOf(byTool());
  }

  @Test
  @DisplayName("what the kernel refuses is said with the attempt and the reason")
  void refused() {
    create("rootfs");
    create("rootfs_upgrade");
    assertThatThrownBy(() -> subvolumes.snapshot("rootfs", "rootfs_upgrade"))
        .isInstanceOf(OvercException.class)
        .hasMessageContainingAll("snapshot rootfs as rootfs_upgrade", "File exists");
    assertThatThrownBy(() -> subvolumes.snapshot("missing", "new"))
        .isInstanceOf(OvercException.class)
        .hasMessageContainingAll("snapshot missing as new", "No such file");
    assertThatThrownBy(() -> subvolumes.setDefault(4711))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("make subvolume 4711 the default");
    subvolumes.setDefault(idOf("rootfs"));
    assertThatThrownBy(() -> subvolumes.delete(List.of("rootfs")))
        .isInstanceOf(OvercException.class)
        .hasMessageContainingAll("delete rootfs", "not permitted");
    assertThatThrownBy(() -> subvolumes.snapshot("rootfs", "x".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void create(String name) {
    disk.run("btrfs", "subvolume", "create", disk.mount().resolve(name).toString());
  }

  private long idOf(String name) {
    return byTool().stream().filter(it -> it.path().equals(name)).findFirst().orElseThrow().id();
  }

  private List<Subvolume> byTool() {
    return disk.run("btrfs", "subvolume", "list", disk.mount().toString())
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new Subvolume(Long.parseLong(line.group(1)), line.group(2)))
        .toList();
  }
}
