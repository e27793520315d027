package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.BusyException;
import io.overc.event.OperationOptions;
import io.overc.exec.RunningCommand;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TwoProcessesIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @Test
  @DisplayName("while a process changes a container, others are told who, and can read")
  void lockTold() throws Exception {
    try (LxcLab lab = LxcLab.open()) {
      ContainerDriver driver = lab.driver();
      driver.activate("web", WhenActive.REFUSE, NONE);
      WholeSnapshot.of(driver, "web", NONE);
      try (RunningCommand other =
          lab.runner.start(ChildJvm.of(TwoProcessesIT.class, lab.directory.toString()).build())) {
        await(() -> Files.exists(holding(lab.directory)) || !other.alive());
        String holder = "pid " + other.pid() + ": container activate";
        SnapshotStore store = lab.store();
        List<ThrowingCallable> operations =
            List.of(
                () -> driver.activate("web", WhenActive.STOP, NONE),
                () -> driver.start("web", NONE),
                () -> driver.stop("web", NONE),
                () -> WholeSnapshot.of(driver, "web", NONE),
                () -> driver.rollback("web", NONE),
                () -> driver.rollback("web", "web_0", NONE),
                () -> driver.upgrade("web", UpgradeSource.PACKAGES, NONE),
                () -> driver.delete("web", WhenActive.STOP, NONE),
                () -> driver.snapshots().deleteAll("web", NONE),
                () -> store.create("web", SnapshotOptions.defaults(), NONE),
                () -> store.restore(SnapshotId.of("web_0"), "web", NONE),
                () -> store.delete(SnapshotId.of("web_0"), NONE));
        for (ThrowingCallable operation : operations) {
          assertThatThrownBy(operation)
              .isInstanceOf(BusyException.class)
              .hasMessageContaining("The container web is locked")
              .hasMessageContaining(holder)
              .hasMessageContaining("try again");
        }
        assertThat(driver.status("web")).isEqualTo(ContainerStatus.ACTIVE);
        assertThat(driver.list()).hasSize(1);
        assertThat(driver.snapshots().list("web")).hasSize(1);
        driver.activate("another", WhenActive.REFUSE, NONE);
        Files.delete(holding(lab.directory));
        await(() -> !other.alive());
      }
      assertThat(driver.snapshots().list("web")).as("the other one has finished").hasSize(2);
      driver.stop("web", NONE);
      assertThat(driver.status("web")).isEqualTo(ContainerStatus.INACTIVE);
    }
  }

  /**
   * The other process: activates, and stands still before it switches until it is told to go on.
   */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    SideEffects standing =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String name, Action<E> action) throws E {
            if (name.equals("write journal") && !Files.exists(directory.resolve("held"))) {
              hold(directory);
            }
            action.run();
          }
        };
    LxcBackends backends = LxcLab.at(directory).backends().effects(standing);
    backends.containerDriver().activate("web", WhenActive.STOP, NONE);
  }

  private static void hold(Path directory) {
    try {
      Files.createFile(directory.resolve("held"));
      Files.createFile(holding(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await(() -> !Files.exists(holding(directory)));
  }

  private static Path holding(Path directory) {
    return directory.resolve("holding");
  }

  private static void await(BooleanSupplier condition) {
    String what = "the other process";
    Deadline end = Deadline.in(Duration.ofSeconds(60));
    assertThat(Poll.until(condition, Duration.ofMillis(5), end, what)).as("waited").isTrue();
  }
}
