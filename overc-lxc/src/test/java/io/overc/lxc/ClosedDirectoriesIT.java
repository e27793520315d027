package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.ContainerDriver;
import io.overc.container.WhenActive;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An image may have set-user-ID programs and devices: no user of this host may reach them. */
class ClosedDirectoriesIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    Real.tools("setpriv");
    lab = LxcLab.open();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @Test
  @DisplayName("what OverC makes of containers and snapshots is closed to other users")
  void closed() throws IOException {
    ContainerDriver driver = lab.driver();
    SnapshotStore store = lab.store();
    driver.activate("web", WhenActive.REFUSE, NONE);
    refused(lab.path().resolve("web"));
    driver.activate("web", WhenActive.STOP, NONE);
    refused(lab.path().resolve("web"));
    refused(lab.snapshots().resolve("web_0"));
    // As somebody else, or an earlier version, left it.
    lab.run("chmod", "755", lab.path().resolve("web").toString());
    store.create("web", SnapshotOptions.builder().fullCopy(true).freeze(true).build(), NONE);
    refused(lab.snapshots().resolve("web_1"));
    store.restore(SnapshotId.of("web_1"), "back", NONE);
    refused(lab.path().resolve("back"));
    driver.rollback("web", NONE);
    refused(lab.path().resolve("web"));
    Path file = lab.directory.resolve("out.tar.gz");
    store.exportTo(SnapshotId.of("web_1"), file, NONE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    store.importFrom(file, "in", NONE);
    refused(lab.snapshots().resolve("in_0"));
    lab.overlay("below", "over");
    store.create("over", SnapshotOptions.defaults(), NONE);
    refused(lab.snapshots().resolve("over_0"));
  }

  private void refused(Path directory) throws IOException {
    assertThat(directory.resolve("rootfs")).isDirectory();
    assertThat(
            lab.runner
                .run(
                    Command.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
                        .arguments("ls", directory.resolve("rootfs").toString())
                        .build())
                .exitCode())
        .as(directory.toString())
        .isNotZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .as("as lxc-create makes it")
        .isEqualTo("rwxrwx---");
  }
}
