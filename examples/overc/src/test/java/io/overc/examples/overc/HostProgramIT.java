package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import io.overc.examples.console.testkit.Launcher;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The launcher, the program and the btrfs backend together, on a disk in a file. */
class HostProgramIT {
  private final CommandRunner runner = CommandRunner.system();

  @Test
  @DisplayName("newer, upgrade, reboot, rollback: as a person types them")
  void upgradeAndRollBack() throws IOException {
    Real.root();
    Real.tools("btrfs", "mkfs.btrfs", "sfdisk", "losetup", "busybox");
    try (Lab lab = Lab.open();
        HostDisk disk = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      Path config =
          Files.writeString(
              lab.newPath("overc.properties"),
              "btrfs.root=" + disk.root() + "\nbtrfs.boot=" + disk.boot() + "\n");

      assertThat(overc(config, 0, "newer").stdout()).startsWith("Nothing is newer");
      SmartRepository repository = new SmartRepository(disk.root());
      repository.publish(LabPackage.demo("2"));
      repository.publish(LabPackage.fakeKernel("2"));
      assertThat(overc(config, 100, "newer").stdout()).contains("lab-demo");
      assertThat(overc(config, 0, "plan").stdout()).contains("nothing was touched");

      CommandResult upgrade = overc(config, 0, "upgrade");
      assertThat(upgrade.stderr()).contains("[1] ").contains("host upgrade done in");
      assertThat(upgrade.stdout())
          .contains("rootfs_upgrade is ready")
          .endsWith("Reboot to switch, or drop it: overc host cancel\n");
      assertThat(overc(config, 0, "status").stdout()).startsWith("Upgrade pending");
      assertThat(overc(config, 3, "upgrade").stderr()).contains("overc: rootfs runs");
      assertThat(overc(config, 3, "--json", "rollback").stdout()).contains("\"exitCode\" : 3");

      disk.reboot();
      assertThat(overc(config, 0, "status").stdout()).startsWith("Clean").contains("as meant");
      assertThat(overc(config, 0, "rollback").stdout()).startsWith("The next boot brings up");
      disk.reboot();
      assertThat(overc(config, 0, "--json", "status").stdout())
          .contains("\"running\" : \"rootfs\"")
          .contains("\"phase\" : \"clean\"");
    }
  }

  private CommandResult overc(Path config, int exitCode, String... arguments) {
    CommandResult result =
        runner.run(
            Command.of(Launcher.path("overc").toString(), "--config", config.toString(), "host")
                .arguments(arguments)
                .build());
    assertThat(result.exitCode())
        .as("%s printed %s%s", List.of(arguments), result.stdout(), result.stderr())
        .isEqualTo(exitCode);
    return result;
  }
}
