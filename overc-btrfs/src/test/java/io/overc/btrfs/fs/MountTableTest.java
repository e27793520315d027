package io.overc.btrfs.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.internal.linux.RawPath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final MountTable TABLE =
      MountTable.parse(
          List.of(
              "25 1 0:22 /rootfs / rw,relatime shared:1 - btrfs /dev/sda2 rw,subvolid=256,subvol=/rootfs",
              "26 25 8:1 / /boot rw - ext4 /dev/sda1 rw",
              "43 25 0:39 / /mnt/with\\040blank rw,relatime - btrfs /dev/loop0 rw,subvolid=5,subvol=/",
              "44 25 0:40 / /boot ro - tmpfs none ro"));

  @Test
  @DisplayName("a subvolume is known by the number in the options")
  void root() {
    Mount root = TABLE.at(Path.of("/")).orElseThrow();

    assertThat(root.option("subvolid")).contains("256");
    assertThat(root.root()).isEqualTo("/rootfs");
    assertThat(root.source()).isEqualTo("/dev/sda2");
  }

  @Test
  @DisplayName("the mount on top hides the one below; escapes are undone")
  void topmost() {
    assertThat(TABLE.at(Path.of("/boot")).orElseThrow().type()).isEqualTo("tmpfs");
    assertThat(TABLE.at(Path.of("/mnt/with blank"))).isPresent();
    assertThat(TABLE.at(Path.of("/mnt"))).isEmpty();
    assertThat(TABLE.below(Path.of("/mnt"))).hasSize(1);
  }

  @Test
  @DisplayName("names are the bytes of the kernel, whatever they are")
  void bytes() {
    MountTable table =
        MountTable.parse(
            List.of(
                "9 1 0:9 /s\u00ff\u00c3\u00a4 /mnt/\u00ff\\040\u00c3\u00a4 rw - btrfs /dev/x rw"));
    byte[] name = {'/', 'm', 'n', 't', '/', (byte) 0xff, ' ', (byte) 0xc3, (byte) 0xa4};
    Mount mount = table.at(RawPath.of(name)).orElseThrow();
    assertThat(mount.root()).isEqualTo("/s\\xff\u00e4");
  }

  @Test
  @DisplayName("a line that makes no sense is an error, not a mount left out")
  void nonsense() {
    assertThatThrownBy(() -> MountTable.parse(List.of("nonsense")))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("nonsense");
  }
}
