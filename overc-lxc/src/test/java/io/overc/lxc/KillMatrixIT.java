package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.KillMatrix;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a JVM, or fails an action in it, before and after each thing that an operation changes.
 * After that the container is the old one or the new one, and the next call works. With {@code
 * -Doverccases=full} each point is both killed and failed, otherwise one of them.
 */
class KillMatrixIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final AtomicInteger CASES = new AtomicInteger();

  private static LxcLab lab;

  /** What is interrupted. */
  enum Act {
    ACTIVATE(true),
    ACTIVATE_ABSENT(false),
    ROLLBACK(true),
    RESTORE_IN_PLACE(true),
    RESTORE_AS(false),
    SNAPSHOT(true),
    DELETE_SNAPSHOT(true),
    DELETE(true);

    private final boolean present;

    Act(boolean present) {
      this.present = present;
    }
  }

  @BeforeAll
  static void open() throws IOException {
    lab = LxcLab.inMemory();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
    System.out.println("Kill matrix of containers: " + CASES + " cases");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("killed or failed at any point, the container is the old or the new one")
  void everyPoint(Act act) throws IOException {
    String name = "m";
    prepare(act, name);
    FaultInjector recorder = FaultInjector.recording();
    run(act, name, lab.directory, recorder);
    List<String> points = recorder.points();
    assertThat(points).hasSizeGreaterThan(1);
    clean(name);
    for (int at = 0; at < points.size(); at++) {
      for (FaultInjector.Fault fault : KillMatrix.faults(at, act.name().length())) {
        prepare(act, name);
        fail(act, name, fault, at);
        check(act, name, fault + " " + points.get(at));
        clean(name);
        CASES.incrementAndGet();
      }
    }
  }

  @Test
  @DisplayName("a new container that runs is kept although its process was killed")
  void keepsWhatRuns() throws IOException {
    String name = "k";
    prepare(Act.ACTIVATE, name);
    FaultInjector recorder = FaultInjector.recording();
    run(Act.ACTIVATE, name, lab.directory, recorder);
    clean(name);
    prepare(Act.ACTIVATE, name);
    fail(Act.ACTIVATE, name, FaultInjector.Fault.KILL, recorder.points().indexOf("after start"));
    lab.write(name, "version", "written since");
    assertThat(lab.driver().start(name, NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(lab.read(name, "version")).isEqualTo("written since");
    assertThat(lab.store().list(name)).as("the old one is a snapshot").hasSize(2);
    assertThat(lab.leftovers()).isEmpty();
    clean(name);
  }

  @Test
  @DisplayName("a frozen container that was thawed to be stopped is frozen again after a kill")
  void keepsFrozen() throws IOException {
    String name = "f";
    prepare(Act.DELETE, name);
    lab.lxc("lxc-freeze", name);
    FaultInjector recorder = FaultInjector.recording();
    run(Act.DELETE, name, lab.directory, recorder);
    prepare(Act.DELETE, name);
    lab.lxc("lxc-freeze", name);
    fail(Act.DELETE, name, FaultInjector.Fault.KILL, recorder.points().indexOf("after thaw"));
    assertThat(lab.driver().start(name, NONE)).isEqualTo(Change.UNCHANGED);
    assertThat(lab.lxc("lxc-info", name, "-s", "-H").stdout().strip()).isEqualTo("FROZEN");
    assertThat(lab.leftovers()).isEmpty();
    clean(name);
  }

  @Test
  @DisplayName("what an earlier version has left half-done is undone")
  void leftByAnEarlierVersion() throws IOException {
    String name = "e";
    prepare(Act.ACTIVATE, name);
    FaultInjector recorder = FaultInjector.recording();
    run(Act.ACTIVATE, name, lab.directory, recorder);
    clean(name);
    prepare(Act.ACTIVATE, name);
    int moved = recorder.points().indexOf("after move CURRENT to OLD");
    fail(Act.ACTIVATE, name, FaultInjector.Fault.KILL, moved);
    Files.writeString(
        lab.path().resolve(".overc/journal").resolve(name),
        "step=SWITCH\npresent=true\nactive=true\nfrozen=false\nkeep=e_1\n");
    assertThat(lab.driver().status(name)).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(lab.driver().start(name, NONE)).as("recovery starts it").isEqualTo(Change.UNCHANGED);
    assertThat(lab.read(name, "version")).isEqualTo("old");
    assertThat(lab.leftovers()).isEmpty();
    clean(name);
  }

  private static void prepare(Act act, String name) throws IOException {
    ContainerDriver driver = lab.driver();
    driver.activate(name, WhenActive.REFUSE, NONE);
    lab.write(name, "version", "snapshot");
    WholeSnapshot.of(driver, name, NONE);
    lab.write(name, "version", "old");
    if (act == Act.DELETE_SNAPSHOT) {
      WholeSnapshot.of(driver, name, NONE);
    }
    if (act == Act.RESTORE_IN_PLACE) {
      driver.stop(name, NONE);
    } else if (!act.present) {
      driver.delete(name, WhenActive.STOP, NONE);
    }
  }

  private static void fail(Act act, String name, FaultInjector.Fault fault, int at) {
    if (fault == FaultInjector.Fault.KILL) {
      CommandResult result =
          lab.runner.run(
              ChildJvm.of(
                      KillMatrixIT.class,
                      act.name(),
                      name,
                      lab.directory.toString(),
                      String.valueOf(at))
                  .build());
      assertThat(result.exitCode()).as(result.stderr()).isEqualTo(ChildJvm.KILLED);
    } else {
      try {
        run(act, name, lab.directory, FaultInjector.at(fault, at));
      } catch (OvercException e) {
        // That is what was asked for; what counts is what it leaves.
      }
    }
  }

  /** The child: runs an operation and is killed at a point. */
  public static void main(String[] arguments) {
    run(
        Act.valueOf(arguments[0]),
        arguments[1],
        Path.of(arguments[2]),
        FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(arguments[3])));
  }

  private static void run(Act act, String name, Path directory, SideEffects effects) {
    LxcBackends backends = LxcLab.at(directory).backends().effects(effects);
    ContainerDriver driver = backends.containerDriver();
    switch (act) {
      case ACTIVATE, ACTIVATE_ABSENT -> driver.activate(name, WhenActive.STOP, NONE);
      case ROLLBACK -> driver.rollback(name, NONE);
      case RESTORE_IN_PLACE, RESTORE_AS ->
          backends.snapshotStore().restore(SnapshotId.of(name + "_0"), name, NONE);
      case SNAPSHOT -> WholeSnapshot.of(driver, name, NONE);
      case DELETE_SNAPSHOT -> backends.snapshotStore().delete(SnapshotId.of(name + "_1"), NONE);
      case DELETE -> driver.delete(name, WhenActive.STOP, NONE);
    }
  }

  private static void check(Act act, String name, String point) throws IOException {
    ContainerDriver driver = lab.driver();
    ContainerStatus seen = driver.status(name);
    boolean present = seen != ContainerStatus.ABSENT;
    if (act.present && act != Act.DELETE) {
      assertThat(present).as("%s at %s: there is a container", act, point).isTrue();
    }
    assertThat(driver.list().stream().anyMatch(c -> c.name().equals(name)))
        .as("%s at %s: the list agrees with the status", act, point)
        .isEqualTo(present);
    for (Snapshot snapshot : lab.store().list(name)) {
      assertThat(lab.snapshots().resolve(snapshot.id().text()).resolve("rootfs/sbin/init"))
          .as("%s at %s: snapshot %s is whole", act, point, snapshot.id())
          .exists();
    }
    assertThat(lab.store().list(name)).as("the first snapshot").isNotEmpty();

    // The next call of any operation works, and finds the old or the new one, whole.
    if (present) {
      driver.start(name, NONE);
      assertThat(driver.status(name)).as("%s at %s", act, point).isEqualTo(ContainerStatus.ACTIVE);
      assertThat(lab.lxc("lxc-info", name, "-s", "-H").stdout().strip())
          .as("%s at %s: not left frozen", act, point)
          .isEqualTo("RUNNING");
      assertThat(lab.read(name, "version"))
          .as("%s at %s: the content", act, point)
          .isIn(expected(act));
      assertThat(lab.path().resolve(name).resolve("rootfs/bin/busybox")).exists();
    }
    run(next(act, present), name, lab.directory, SideEffects.direct());
    assertThat(lab.leftovers())
        .as("%s at %s: what the next call leaves behind", act, point)
        .isEmpty();
  }

  private static List<String> expected(Act act) {
    return switch (act) {
      case ACTIVATE -> List.of("old", "");
      case ACTIVATE_ABSENT -> List.of("");
      case ROLLBACK, RESTORE_IN_PLACE -> List.of("old", "snapshot");
      case RESTORE_AS -> List.of("snapshot");
      case SNAPSHOT, DELETE_SNAPSHOT, DELETE -> List.of("old");
    };
  }

  private static Act next(Act act, boolean present) {
    return switch (act) {
      case RESTORE_IN_PLACE -> Act.ROLLBACK; // it was started above
      case RESTORE_AS -> present ? Act.DELETE : act;
      case DELETE -> present ? act : Act.RESTORE_AS;
      case DELETE_SNAPSHOT -> Act.SNAPSHOT;
      default -> act;
    };
  }

  private static void clean(String name) throws IOException {
    ContainerDriver driver = lab.driver();
    if (driver.status(name) != ContainerStatus.ABSENT) {
      driver.delete(name, WhenActive.STOP, NONE);
    }
    driver.snapshots().deleteAll(name, NONE);
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(lab.directory + "/");
  }
}
