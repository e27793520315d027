package io.overc.btrfs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.testkit.Real;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds that the laboratory itself works. */
class LabIT {
  private Lab lab = openLab();

  private static Lab openLab() {
    Real.root();
    Real.tools("btrfs", "losetup", "sfdisk", "mke2fs", "mkfs.btrfs", "busybox");
    return Lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
    assertThat(lab.directory()).doesNotExist();
    assertThat(lab.mounts().below(lab.directory())).isEmpty();
  }

  @Test
  @DisplayName("a reset brings back the whole disk")
  void resetBringsBackTheDisk() throws Exception {
    try (HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      DiskState state = disk.save();
      Files.writeString(disk.root().resolve("etc/lab-version"), "changed");
      Files.delete(disk.boot().resolve("bzImage"));
      long began = System.nanoTime();
      disk.reset(state);
      System.out.println("reset took " + Duration.ofNanos(System.nanoTime() - began).toMillis());
      began = System.nanoTime();
      disk.reset(state);
      System.out.println("reset took " + Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertThat(disk.root().resolve("etc/lab-version")).hasContent("1");
      assertThat(disk.boot().resolve("bzImage")).hasContent("kernel 1");
    }
  }
}
