package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ActivationFailedException;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.DeadlineExceededException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.lxc.disk.Disk;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.Unmount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Takes a while to end when it is asked to. */
  private static final String SLOW =
      "#!/bin/sh\ntrap 'sleep 1; exit 0' USR1 PWR TERM\nwhile :; do sleep 3600 & wait; done\n";

  private LxcLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "sleep 3600"})
  @DisplayName("what runs but is not ready in time goes back to the old one, which is said")
  void readyTimeout(String ready) throws IOException {
    // Up is what the container itself says; the second image never does.
    LxcSettings settings =
        lab.settings(
            List.of("/bin/sh", "-c", "[ -e /ready ] || " + ready), Duration.ofSeconds(1), LONG);
    ContainerDriver driver = LxcBackends.of(settings).template(lab.template()).containerDriver();
    image("first", "touch /ready\n" + LxcLab.INIT);
    driver.activate("web", WhenActive.REFUSE, NONE);
    lab.write("web", "version", "old");
    Path root = lab.rootOf("web");
    image("second", LxcLab.INIT);
    List<Event> events = new ArrayList<>();
    long began = System.nanoTime();
    assertThatThrownBy(
            () -> driver.activate("web", WhenActive.STOP, OperationOptions.of(events::add)))
        .isInstanceOfSatisfying(
            ActivationFailedException.class, e -> assertThat(e.wentBack()).isTrue())
        .hasMessageContaining("web")
        .hasMessageContaining("did not become ready")
        .hasMessageContaining("the old one is back");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(Event.Finished.class, end -> assertThat(end.succeeded()).isFalse());
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    assertThat(lab.lxc("lxc-attach", "web", "--", "cat", "/data/version").stdout())
        .isEqualTo("old");
    assertThat(lab.rootOf("web")).isEqualTo(root);
    assertThat(driver.snapshots().list("web")).isEmpty();
  }

  @Test
  @DisplayName("an inactive one is put back inactive, and an absent one is absent again")
  void backAsItWas() throws IOException {
    LxcSettings settings =
        lab.settings(List.of("/bin/sh", "-c", "[ -e /ready ]"), Duration.ofSeconds(1), LONG);
    ContainerDriver driver = LxcBackends.of(settings).template(lab.template()).containerDriver();
    image("first", "touch /ready\n" + LxcLab.INIT);
    driver.activate("web", WhenActive.REFUSE, NONE);
    lab.write("web", "version", "old");
    image("second", LxcLab.INIT);
    driver.stop("web", NONE);
    assertThatThrownBy(() -> driver.activate("web", WhenActive.REFUSE, NONE))
        .isInstanceOf(ActivationFailedException.class);
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(lab.read("web", "version")).isEqualTo("old");
    assertThatThrownBy(() -> driver.activate("new", WhenActive.REFUSE, NONE))
        .isInstanceOf(ActivationFailedException.class)
        .hasMessageContaining("removed again");
    assertThat(driver.status("new")).isEqualTo(ContainerStatus.ABSENT);
  }

  @Test
  @DisplayName("an old one that does not start either is back, said, and in nobody's way")
  void oldOneDoesNotStart() throws IOException {
    ContainerDriver driver = lab.driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    // Its next start fails, as after a bridge has gone.
    image("broken", "#!/bin/sh\nexit 1\n");
    Files.writeString(lab.rootOf("web").resolve("sbin/init"), "#!/bin/sh\nexit 1\n");
    assertThatThrownBy(() -> driver.activate("web", WhenActive.STOP, NONE))
        .isInstanceOfSatisfying(
            ActivationFailedException.class, e -> assertThat(e.wentBack()).isFalse())
        .hasMessageContaining("the old one is back, but does not start");
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
    assertThatThrownBy(() -> driver.start("web", NONE)).hasMessageContaining("ended");
    image("good-again", LxcLab.INIT);
    driver.activate("web", WhenActive.REFUSE, NONE);
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
    driver.delete("web", WhenActive.STOP, NONE);
  }

  @Test
  @DisplayName(
      "an old one that its user had frozen is back frozen, and starts as usual after a stop")
  void frozenBack() throws IOException {
    ContainerDriver driver = lab.driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    lab.lxc("lxc-freeze", "web");
    image("broken", "#!/bin/sh\nexit 1\n");
    long began = System.nanoTime();
    assertThatThrownBy(() -> driver.activate("web", WhenActive.STOP, NONE))
        .isInstanceOfSatisfying(
            ActivationFailedException.class, e -> assertThat(e.wentBack()).isTrue());
    assertThat(state("web")).isEqualTo("FROZEN");
    driver.stop("web", NONE);
    // Neither stop has waited for a frozen process to hear it.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
    driver.start("web", NONE);
    assertThat(state("web")).isEqualTo("RUNNING");
    assertThat(lab.leftovers()).isEmpty();
  }

  private String state(String name) {
    return lab.lxc("lxc-info", name, "-s", "-H").stdout().strip();
  }

  @Test
  @DisplayName("a container that was asked to end and takes its time runs again")
  void halfStopped() throws IOException {
    LxcLab.root(lab.container("slow"), SLOW);
    lab.driver().start("slow", NONE);
    OperationOptions call = OperationOptions.builder().deadline(Duration.ofMillis(600)).build();
    OvercException failure = CancelAt.caught(() -> lab.driver().stop("slow", call));
    assertThat(failure).isInstanceOf(DeadlineExceededException.class);
    assertThat(state("slow")).isEqualTo("RUNNING");
    lab.driver().delete("slow", WhenActive.STOP, NONE);
  }

  @Test
  @DisplayName("a container that does not end when it is asked is killed after the timeout")
  void stopTimeout() throws IOException {
    image("stubborn", "#!/bin/sh\ntrap '' PWR TERM INT HUP USR1\nwhile :; do sleep 1; done\n");
    LxcSettings settings = lab.settings(List.of(), LONG, Duration.ofSeconds(1));
    ContainerDriver driver = LxcBackends.of(settings).template(lab.template()).containerDriver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    long began = System.nanoTime();
    driver.stop("web", NONE);
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
  }

  @Test
  @DisplayName("where the snapshots are on another file system, what is replaced is copied there")
  void snapshotsElsewhere() throws IOException {
    Mounted mounted = new Mounted(lab.path());
    try {
      ContainerDriver driver = lab.driver();
      driver.activate("web", WhenActive.REFUSE, NONE);
      lab.write("web", "version", "old");
      assertThat(driver.activate("web", WhenActive.STOP, NONE).snapshot())
          .hasValue(SnapshotId.of("web_0"));
      assertThat(lab.read("web", "version")).isEmpty();
      assertThat(lab.snapshots().resolve("web_0/rootfs/data/version")).hasContent("old");
      driver.rollback("web", "web_0", NONE);
      assertThat(lab.read("web", "version")).isEqualTo("old");
      // Killed between the copy and the removal, or before: the next call finishes.
      FaultInjector points = FaultInjector.recording();
      backends(points).activate("web", WhenActive.STOP, NONE);
      int from = points.points().lastIndexOf("after start") + 1;
      for (int at = from; at < points.points().size(); at++) {
        ContainerDriver faulty = backends(FaultInjector.at(FaultInjector.Fault.ERROR, at));
        String point = points.points().get(at);
        List<String> warnings = new ArrayList<>();
        faulty.activate("web", WhenActive.STOP, OperationOptions.of(warnings(warnings)));
        assertThat(warnings).as(point).singleElement().asString().contains("Injected");
        int before = driver.snapshots().list("web").size();
        driver.start("web", NONE);
        assertThat(driver.snapshots().list("web")).as(point).hasSizeBetween(before, before + 1);
        for (String work : List.of("new", "old", "trash", "journal")) {
          assertThat(Disk.list(lab.path().resolve(".overc").resolve(work))).as(point).isEmpty();
        }
        assertThat(Disk.list(lab.snapshots().resolve(".overc"))).as(point).isEmpty();
      }
      driver.delete("web", WhenActive.STOP, NONE);
    } finally {
      mounted.close();
    }
  }

  private ContainerDriver backends(SideEffects effects) {
    return lab.backends().effects(effects).containerDriver();
  }

  private static Listener warnings(List<String> heard) {
    return event -> {
      if (event instanceof Event.Warned warned) {
        heard.add(warned.message());
      }
    };
  }

  private void image(String name, String init) throws IOException {
    lab.image(name, init.startsWith("#!") ? init : "#!/bin/sh\n" + init);
    Files.copy(
        lab.directory.resolve(name + ".tar.gz"),
        lab.image(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** A file system of its own in the place of a directory. */
  private final class Mounted {
    private final Path directory;

    Mounted(Path directory) {
      this.directory = directory;
      lab.run("mount", "-t", "tmpfs", "-o", "mode=755", "lxct", directory.toString());
    }

    void close() {
      for (String name : lab.running()) {
        lab.lxc("lxc-stop", name, "-k");
      }
      Unmount.of(lab.runner, directory, "--recursive");
    }
  }
}
