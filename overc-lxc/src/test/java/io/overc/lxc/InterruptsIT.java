package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.ContainerDriver;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.internal.time.Deadline;
import io.overc.snapshot.SnapshotId;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.WholeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cancels operations at each thing they change, in every way: afterwards the container is as it was
 * before the call, or the call has returned and did what was asked.
 */
class InterruptsIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final String NAME = "m";
  private static final AtomicInteger CASES = new AtomicInteger();
  private static LxcLab lab;

  /** How long the operation took that {@link #points} ran, on a machine as slow as it is now. */
  private static Duration took = Duration.ZERO;

  /** What is cancelled. */
  enum Act {
    ACTIVATE("before sync", "before start"),
    SNAPSHOT("before copy container", "before name snapshot"),
    ROLLBACK("before restore new", "before start"),
    UPGRADE("before commit snapshot", "before upgrade packages"),
    STOP("before clean up", "before stop"),
    DELETE("before stop", "before remove CURRENT");

    private final String early;
    private final String late;

    /** Names points before that of no return: what is cancelled there is not done. */
    Act(String early, String late) {
      this.early = early;
      this.late = late;
    }
  }

  @BeforeAll
  static void open() throws IOException {
    lab = LxcLab.inMemory();
    AptRoot apt = AptRoot.in(lab, lab.container(NAME));
    apt.publish(2, "exit 0");
    lab.driver().start(NAME, NONE);
    lab.write(NAME, "version", "snapshot");
    WholeSnapshot.of(lab.driver(), NAME, NONE);
    lab.write(NAME, "version", "old");
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
    System.out.println("Interrupts of containers: " + CASES + " cases");
  }

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("interrupted at any point, the container is as it was")
  void interrupted(Act act) throws IOException {
    List<String> points = points(act);
    for (int at = 0; at < points.size(); at++) {
      CancelAt cancel = new CancelAt(at, () -> Thread.currentThread().interrupt());
      check(act, points.get(at), run(act, NONE, cancel), InterruptedOperationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("past its deadline, the container is as it was")
  void deadline(Act act) throws IOException {
    List<String> points = points(act);
    Duration limit = took.multipliedBy(2).plusMillis(300);
    OperationOptions call = OperationOptions.builder().deadline(limit).build();
    int step = Math.max(1, points.size() / 3);
    for (int at = 0; at < points.size(); at += step) {
      Deadline passed = Deadline.in(limit.plusMillis(50));
      CancelAt cancel = new CancelAt(at, () -> CancelAt.sleep(passed.remaining()));
      check(act, points.get(at), run(act, call, cancel), DeadlineExceededException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a JVM that is asked to end cancels, and leaves the container as it was")
  void terminated(Act act) throws IOException {
    List<String> points = points(act);
    for (String point : List.of(act.early, act.late)) {
      int at = points.indexOf(point);
      assertThat(at).as(point).isNotNegative();
      CommandResult child =
          lab.runner.run(
              ChildJvm.of(
                      InterruptsIT.class,
                      act.name(),
                      lab.directory.toString(),
                      String.valueOf(at),
                      point.equals(act.early) ? "TERM" : "INT")
                  .build());
      assertThat(child.stdout())
          .as("%s at %s: %s", act, point, child.stderr())
          .contains(InterruptedOperationException.class.getName());
      check(
          act,
          point,
          new InterruptedOperationException("in the child", null),
          InterruptedOperationException.class);
    }
  }

  @Test
  @DisplayName("interrupted at any moment, also inside the tools, the container is as it was")
  void anyMoment() throws IOException {
    for (Act act : List.of(Act.SNAPSHOT, Act.ACTIVATE, Act.UPGRADE)) {
      for (int delay : List.of(3, 20, 40, 70, 150, 400)) {
        Thread caller = Thread.currentThread();
        Thread alarm =
            new Thread(
                () -> {
                  CancelAt.sleep(Duration.ofMillis(delay));
                  caller.interrupt();
                });
        alarm.start();
        OvercException failure = run(act, NONE, SideEffects.direct());
        CancelAt.join(alarm);
        Thread.interrupted();
        check(act, delay + " ms", failure, InterruptedOperationException.class);
      }
    }
  }

  @Test
  @DisplayName("a container that its user has frozen stays frozen")
  void frozen() throws IOException {
    lab.lxc("lxc-freeze", NAME);
    try {
      List<String> points = points(Act.SNAPSHOT);
      assertThat(state(NAME)).as("after a snapshot").isEqualTo("FROZEN");
      for (int at = 0; at < points.size(); at += 2) {
        run(Act.SNAPSHOT, NONE, new CancelAt(at, () -> Thread.currentThread().interrupt()));
        Thread.interrupted();
        assertThat(state(NAME)).as(points.get(at)).isEqualTo("FROZEN");
      }
    } finally {
      lab.lxc("lxc-unfreeze", NAME);
      reset(Act.SNAPSHOT);
    }
  }

  /**
   * Runs the operation once, takes it back, and returns the points at which it can be cancelled.
   */
  private static List<String> points(Act act) throws IOException {
    boolean frozen = state(NAME).equals("FROZEN");
    if (!frozen) {
      reset(act);
    }
    FaultInjector recorder = FaultInjector.recording();
    long began = System.nanoTime();
    assertThat(run(act, NONE, recorder)).isNull();
    took = Duration.ofNanos(System.nanoTime() - began);
    if (!frozen) {
      reset(act);
    }
    assertThat(recorder.points()).isNotEmpty();
    return recorder.points();
  }

  private static void check(
      Act act, String point, @Nullable OvercException failure, Class<?> expected)
      throws IOException {
    CASES.incrementAndGet();
    Thread.interrupted();
    assertThat(ProcessHandle.current().descendants())
        .as("%s at %s: child processes", act, point)
        .isEmpty();
    if (failure == null) {
      // It was past its point of no return.
      reset(act);
      return;
    }
    assertThat(failure).as("%s at %s", act, point).isInstanceOf(expected);
    assertThat(failure.getSuppressed()).as("%s at %s", act, point).isEmpty();
    assertThat(state(NAME)).as("%s at %s: the state", act, point).isEqualTo("RUNNING");
    assertThat(lab.read(NAME, "version")).as("%s at %s: the content", act, point).isEqualTo("old");
    assertThat(lab.rootOf(NAME).resolve("usr/share/greeting/text"))
        .as("%s at %s: the packages", act, point)
        .hasContent("hello 1");
    assertThat(lab.leftovers()).as("%s at %s: what is left", act, point).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mounts")))
        .as("%s at %s: mounts", act, point)
        .doesNotContain(lab.directory + "/");
    reset(act);
  }

  /** Makes the container again what it is at first: running, with the content "old". */
  private static void reset(Act act) throws IOException {
    ContainerDriver driver = lab.driver();
    switch (act) {
      case SNAPSHOT -> {}
      case STOP -> driver.start(NAME, NONE);
      case DELETE -> {
        if (!Files.exists(lab.path().resolve(NAME))) {
          lab.store().restore(SnapshotId.of(NAME + "_0"), NAME, NONE);
        }
        driver.start(NAME, NONE);
      }
      default -> {
        if (!lab.read(NAME, "version").equals("old")
            || !Files.readString(lab.rootOf(NAME).resolve("usr/share/greeting/text"))
                .equals("hello 1")) {
          driver.rollback(NAME, NAME + "_0", NONE);
        }
      }
    }
    lab.write(NAME, "version", "old");
    for (var snapshot : lab.store().list(NAME)) {
      if (!snapshot.id().text().equals(NAME + "_0")) {
        lab.store().delete(snapshot.id(), NONE);
      }
    }
  }

  private static @Nullable OvercException run(Act act, OperationOptions call, SideEffects effects) {
    return CancelAt.caught(() -> run(act, lab.directory, call, effects));
  }

  private static void run(Act act, Path directory, OperationOptions call, SideEffects effects) {
    ContainerDriver driver = LxcLab.at(directory).backends().effects(effects).containerDriver();
    switch (act) {
      case ACTIVATE -> driver.activate(NAME, WhenActive.STOP, call);
      case SNAPSHOT -> WholeSnapshot.of(driver, NAME, call);
      case ROLLBACK -> driver.rollback(NAME, call);
      case UPGRADE -> driver.upgrade(NAME, UpgradeSource.PACKAGES, call);
      case STOP -> driver.stop(NAME, call);
      case DELETE -> driver.delete(NAME, WhenActive.STOP, call);
    }
  }

  /** The child: sends itself a signal at a point, and says how the operation ended. */
  public static void main(String[] arguments) {
    String pid = String.valueOf(ProcessHandle.current().pid());
    CancelAt cancel =
        new CancelAt(
            Integer.parseInt(arguments[2]),
            () -> {
              try {
                new ProcessBuilder("kill", "-" + arguments[3], pid).start();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              CancelAt.sleep(Duration.ofSeconds(20)); // Until the signal interrupts it.
            });
    // Told by the listener: the JVM does not wait for what comes after the operation.
    OperationOptions call =
        OperationOptions.of(
            event -> {
              if (event instanceof Event.Finished end && end.operation().parent().isEmpty()) {
                System.out.println(end.failure().map(Throwable::toString).orElse("returned"));
              }
            });
    run(Act.valueOf(arguments[0]), Path.of(arguments[1]), call, cancel);
  }

  private static String state(String name) {
    return lab.lxc("lxc-info", name, "-s", "-H").stdout().strip();
  }
}
