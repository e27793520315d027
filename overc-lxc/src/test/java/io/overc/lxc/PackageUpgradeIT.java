package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ActivationFailedException;
import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.host.PackageChange;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upgrades packages by the real apt, from a repository in the container. */
class PackageUpgradeIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final String FAILS = "echo it hurts >&2; exit 1";

  private LxcLab lab;
  private ContainerDriver driver;
  private AptRoot apt;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.inMemory();
    driver = lab.driver();
    apt = AptRoot.in(lab, lab.container("web"));
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName(
      "packages are upgraded inside, of a container that was stopped too, which then is so again")
  void upgrade(boolean active) throws IOException {
    ContainerStatus status = active ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
    if (active) {
      driver.start("web", NONE);
    }
    assertThat(upgraded().change()).isEqualTo(Change.UNCHANGED);
    assertThat(driver.snapshots().list("web")).isEmpty();
    // Not only what is newer: what sets it up sees where it runs.
    apt.publish(2, "[ -e /proc/self ] && [ -c /dev/null ] && id -u >/data-of-postinst");
    UpgradeResult result = upgraded();
    assertThat(result.change()).isEqualTo(Change.CHANGED);
    assertThat(result.snapshot()).hasValue(SnapshotId.of("web_0"));
    assertThat(result.packages())
        .containsExactly(new PackageChange("greeting", Optional.of("1"), "2"));
    assertThat(text("web")).isEqualTo("hello 2");
    assertThat(lab.rootOf("web").resolve("data-of-postinst")).hasContent("0");
    assertThat(driver.status("web")).isEqualTo(status);
    assertThat(upgraded().change()).isEqualTo(Change.UNCHANGED);
    assertThat(driver.snapshots().list("web")).hasSize(1);
    driver.rollback("web", NONE);
    assertThat(text("web")).isEqualTo("hello 1");
    assertThat(driver.status("web")).isEqualTo(status);
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("an upgrade that fails goes back to the snapshot, which is said")
  void failure(boolean active) throws IOException {
    ContainerStatus status = active ? ContainerStatus.ACTIVE : ContainerStatus.INACTIVE;
    if (active) {
      driver.start("web", NONE);
    }
    apt.publish(2, FAILS);
    assertThatThrownBy(this::upgraded)
        .isInstanceOfSatisfying(
            ActivationFailedException.class, e -> assertThat(e.wentBack()).isTrue())
        .hasMessageContaining("it is back at snapshot web_0")
        .hasMessageContaining("apt-get");
    assertThat(text("web")).isEqualTo("hello 1");
    assertThat(Files.readString(lab.rootOf("web").resolve("var/lib/dpkg/status")))
        .contains("Version: 1")
        .doesNotContain("Version: 2");
    assertThat(driver.status("web")).isEqualTo(status);
    assertThat(lab.run("cat", "/proc/self/mounts").stdout()).doesNotContain(lab.directory + "/");
    nothingIsLeft();
  }

  @Test
  @DisplayName("programs of a stopped container see neither processes nor devices of this host")
  void confined() throws IOException {
    // A number that no other process has among its arguments, nor who looks for the pattern.
    Process sleep = new ProcessBuilder("sleep", "98761").start();
    try {
      apt.publish(
          2,
          """
          cat /proc/[0-9]*/cmdline 2>/dev/null | has '9876[1]' && echo processes >>/seen
          [ -e /dev/loop-control ] && echo devices >>/seen
          echo evil >/proc/sys/kernel/hostname
          exit 0
          """);
      Path has = lab.rootOf("web").resolve("bin/has");
      Files.writeString(
          has,
          "#!/bin/sh\nwhile IFS= read -r line || [ \"$line\" ]; do case $line in *$1*) exit 0;; esac; done; exit 1\n");
      lab.run("chmod", "755", has.toString());
      String host = lab.run("hostname").stdout();
      assertThat(upgraded().change()).isEqualTo(Change.CHANGED);
      assertThat(text("web")).isEqualTo("hello 2");
      assertThat(lab.rootOf("web").resolve("seen")).doesNotExist();
      assertThat(lab.run("hostname").stdout()).isEqualTo(host);
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
      nothingIsLeft();
    } finally {
      sleep.destroy();
    }
  }

  @Test
  @DisplayName("an overlay is upgraded in its upper directory, and what others lie on is refused")
  void overlay() throws IOException {
    lab.overlay("web", "over");
    assertThatThrownBy(this::upgraded)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("over lies on its root file system");
    apt.publish(2, "exit 0");
    assertThat(driver.upgrade("over", UpgradeSource.PACKAGES, NONE).change())
        .isEqualTo(Change.CHANGED);
    assertThat(text("over")).isEqualTo("hello 2");
    assertThat(text("web")).as("what it lies on").isEqualTo("hello 1");
    apt.publish(3, FAILS);
    assertThatThrownBy(() -> driver.upgrade("over", UpgradeSource.PACKAGES, NONE))
        .isInstanceOf(ActivationFailedException.class);
    assertThat(text("over")).isEqualTo("hello 2");
    driver.start("over", NONE);
    assertThat(lab.lxc("lxc-attach", "over", "--", "cat", "/usr/share/greeting/text").stdout())
        .isEqualTo("hello 2");
  }

  @Test
  @DisplayName("a repository that cannot be read is an error, not nothing newer")
  void repositoryGone() throws IOException {
    lab.run("rm", "-r", lab.rootOf("web").resolve("repo").toString());
    assertThatThrownBy(this::upgraded)
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("refresh the package lists of web");
    assertThat(driver.snapshots().list("web")).isEmpty();
    lab.run("rm", lab.rootOf("web").resolve("usr/bin/apt-get").toString());
    assertThatThrownBy(this::upgraded)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("package-manager");
    nothingIsLeft();
  }

  @Test
  @DisplayName("killed anywhere in an upgrade, or in going back, the next call finds it as before")
  void killed() throws IOException {
    apt.publish(2, FAILS);
    FaultInjector recorder = FaultInjector.recording();
    assertThatThrownBy(() -> upgrade(lab, recorder)).isInstanceOf(ActivationFailedException.class);
    List<String> points = recorder.points();
    int from = points.indexOf("before record intent");
    assertThat(points.subList(from, points.size()))
        .contains("before upgrade packages", "after move FRESH to CURRENT");
    for (int at = from; at < points.size(); at++) {
      driver.snapshots().deleteAll("web", NONE);
      assertThat(
              lab.runner
                  .run(
                      ChildJvm.of(
                              PackageUpgradeIT.class, lab.directory.toString(), String.valueOf(at))
                          .build())
                  .exitCode())
          .isEqualTo(ChildJvm.KILLED);
      // It may still run, as it was started for its package manager.
      driver.stop("web", NONE);
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
      assertThat(text("web")).as(points.get(at)).isEqualTo("hello 1");
      assertThat(Files.readString(lab.rootOf("web").resolve("var/lib/dpkg/status")))
          .as(points.get(at))
          .contains("Version: 1")
          .doesNotContain("Version: 2");
      nothingIsLeft();
    }
    driver.delete("web", WhenActive.REFUSE, NONE);
  }

  /** The child: upgrades and is killed at a point. */
  public static void main(String[] arguments) {
    upgrade(
        LxcLab.at(Path.of(arguments[0])),
        FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(arguments[1])));
  }

  private static void upgrade(LxcLab lab, SideEffects effects) {
    lab.backends().effects(effects).containerDriver().upgrade("web", UpgradeSource.PACKAGES, NONE);
  }

  private UpgradeResult upgraded() {
    return driver.upgrade("web", UpgradeSource.PACKAGES, NONE);
  }

  private String text(String name) throws IOException {
    Path upper = lab.rootOf(name).resolve("usr/share/greeting/text");
    return Files.readString(
        Files.exists(upper) ? upper : lab.rootOf("web").resolve("usr/share/greeting/text"));
  }

  private void nothingIsLeft() {
    for (String work : List.of("new", "old", "trash", "journal", "frozen")) {
      assertThat(Disk.list(lab.path().resolve(".overc").resolve(work))).as(work).isEmpty();
    }
    assertThat(Disk.list(lab.snapshots().resolve(".overc"))).isEmpty();
  }
}
