package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.internal.time.Deadline;
import io.overc.lxc.disk.Disk;
import io.overc.overlay.SharedDirectory;
import io.overc.overlay.WhenRunning;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.KillMatrix;
import io.overc.testkit.Real;
import io.overc.testkit.TreeDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a JVM, or fails an action in it, before and after each thing that a change of shared
 * directories changes. Whatever it leaves, a start by LXC alone, without recovery, shows what the
 * container saw before; and so does the next call, which leaves nothing behind.
 */
class OverlayKillMatrixIT {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final Duration DEADLINE = Duration.ofMillis(700);
  private static final AtomicInteger CASES = new AtomicInteger();
  private static final List<String> DIRECTORIES = List.of("/data", "/more");
  private static final List<String> SOURCES = List.of("base");

  private static LxcLab lab;

  /** What is interrupted. */
  enum Act {
    SHARE,
    STOP,
    RESCAN,
    APPLY_SHARE,
    APPLY_STOP;

    /** What is queued is done by the same steps: there the kill shows all. */
    private List<FaultInjector.Fault> faults(int point) {
      if (this == APPLY_SHARE || this == APPLY_STOP) {
        return List.of(FaultInjector.Fault.KILL);
      }
      return KillMatrix.faults(point, 0);
    }
  }

  @BeforeAll
  static void open() throws IOException {
    lab = LxcLab.onDiskInMemory();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
    System.out.println("Kill matrix of overlays: " + CASES + " cases");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("killed or failed at any point, the container sees what it saw")
  void everyPoint(Act act) throws IOException {
    List<String> points = points(act);
    for (int at = 0; at < points.size(); at++) {
      for (FaultInjector.Fault fault : act.faults(at)) {
        Views views = prepare(act);
        fail(act, fault, at);
        check(act, views, fault + " " + points.get(at), false);
        CASES.incrementAndGet();
      }
    }
  }

  private static List<String> points(Act act) throws IOException {
    Views recorded = prepare(act);
    FaultInjector recorder = FaultInjector.recording();
    run(act, lab.directory, recorder, NONE);
    check(act, recorded, "done", true);
    assertThat(recorder.points()).hasSizeGreaterThan(10);
    return recorder.points();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARE", "STOP", "RESCAN"})
  @DisplayName("interrupted or past its deadline at any point, the container sees what it saw")
  void cancelled(Act act) throws IOException {
    List<String> points = points(act);
    for (int at = 0; at < points.size(); at += Real.everyCase() ? 1 : 3) {
      Views views = prepare(act);
      Thread caller = Thread.currentThread();
      OvercException failure = cancelled(act, new CancelAt(at, caller::interrupt), NONE);
      boolean flagged = Thread.interrupted();
      String point = "interrupted " + points.get(at);
      if (failure != null) {
        assertThat(failure).as(point).isInstanceOf(InterruptedOperationException.class);
        assertThat(flagged).as(point).isTrue();
      }
      check(act, views, point, failure == null);

      views = prepare(act);
      OperationOptions soon = OperationOptions.builder().deadline(DEADLINE).build();
      Deadline passed = Deadline.in(DEADLINE.plusMillis(50));
      failure = cancelled(act, new CancelAt(at, () -> CancelAt.sleep(passed.remaining())), soon);
      if (failure != null) {
        assertThat(failure).as(point).isInstanceOf(DeadlineExceededException.class);
      }
      check(act, views, "past the deadline " + points.get(at), failure == null);
      CASES.addAndGet(2);
    }
  }

  private static @Nullable OvercException cancelled(
      Act act, SideEffects effects, OperationOptions call) {
    return CancelAt.caught(() -> run(act, lab.directory, effects, call));
  }

  /** What the container may see: as before, and after a rescan. */
  private record Views(List<TreeDigest> allowed, TreeDigest after) {}

  private static Views prepare(Act act) throws IOException {
    for (String name : List.of("web", "base")) {
      if (lab.running().contains(name)) {
        lab.lxc("lxc-stop", name, "-k");
      }
      lab.run("rm", "-rf", lab.path().resolve(name).toString());
    }
    Path web = lab.plain("web");
    Path base = lab.plain("base");
    for (String directory : DIRECTORIES) {
      fill(web.resolve(directory.substring(1)), base.resolve(directory.substring(1)));
    }
    TreeDigest before = digest(web);
    switch (act) {
      case SHARE -> {}
      case STOP -> share(WhenRunning.REFUSE);
      case RESCAN -> {
        share(WhenRunning.REFUSE);
        Files.writeString(base.resolve("data/appeared"), "appeared");
        Files.writeString(base.resolve("data/dir/own"), "own");
        return new Views(List.of(view(), before), before);
      }
      case APPLY_SHARE -> deferred(() -> share(WhenRunning.DEFER));
      case APPLY_STOP -> {
        share(WhenRunning.REFUSE);
        deferred(() -> lab.sharing().stop("web", DIRECTORIES, WhenRunning.DEFER, NONE));
      }
    }
    return new Views(List.of(before), before);
  }

  private static void share(WhenRunning whenRunning) {
    lab.sharing().share("web", DIRECTORIES, SOURCES, whenRunning, NONE);
  }

  private static void deferred(Runnable change) {
    lab.lxc("lxc-start", "web");
    change.run();
    lab.lxc("lxc-stop", "web", "-k");
  }

  private static void fill(Path web, Path base) throws IOException {
    for (Path root : List.of(web, base)) {
      Files.createDirectories(root.resolve("dir/empty"));
      Files.writeString(root.resolve("dir/same"), "same");
      Files.writeString(root.resolve("set-user"), "program");
      Files.setPosixFilePermissions(
          root.resolve("set-user"), PosixFilePermissions.fromString("rwxr-x--x"));
      Files.setAttribute(root.resolve("set-user"), "unix:mode", 04751);
      Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere"));
      Files.writeString(root.resolve("with blank\nand line"), "x".repeat(70000));
      Files.writeString(root.resolve("dir/other"), root.toString());
    }
    Files.writeString(web.resolve("dir/own"), "own");
    Files.writeString(base.resolve("dir/foreign"), "foreign");
    Files.createDirectories(base.resolve("foreign/deep"));
  }

  private static void fail(Act act, FaultInjector.Fault fault, int at) {
    if (fault == FaultInjector.Fault.KILL) {
      CommandResult result =
          lab.runner.run(
              ChildJvm.of(
                      OverlayKillMatrixIT.class,
                      act.name(),
                      lab.directory.toString(),
                      String.valueOf(at))
                  .build());
      assertThat(result.exitCode()).as(result.stderr()).isEqualTo(ChildJvm.KILLED);
    } else {
      try {
        run(act, lab.directory, FaultInjector.at(fault, at), NONE);
      } catch (OvercException e) {
        // That is what was asked for; what counts is what it leaves.
      }
    }
  }

  /** The child: runs an operation and is killed at a point. */
  public static void main(String[] arguments) {
    run(
        Act.valueOf(arguments[0]),
        Path.of(arguments[1]),
        FaultInjector.at(FaultInjector.Fault.KILL, Integer.parseInt(arguments[2])),
        NONE);
  }

  private static void run(Act act, Path directory, SideEffects effects, OperationOptions call) {
    LxcOverlaySharing sharing = LxcLab.at(directory).backends().effects(effects).overlaySharing();
    switch (act) {
      case SHARE -> sharing.share("web", DIRECTORIES, SOURCES, WhenRunning.REFUSE, call);
      case STOP -> sharing.stop("web", DIRECTORIES, WhenRunning.REFUSE, call);
      case RESCAN -> sharing.rescan("web", call);
      case APPLY_SHARE, APPLY_STOP -> sharing.applyPending(call);
    }
  }

  private static void check(Act act, Views views, String point, boolean done) throws IOException {
    String as = act + " at " + point;
    TreeDigest seen = view();
    if (views.allowed().stream().noneMatch(seen::equals)) {
      assertThat(views.after().differences(seen)).as(as + ": started by LXC alone").isEmpty();
    }
    // Any operation recovers; this one changes nothing else.
    lab.driver().stop("web", NONE);
    assertThat(views.allowed()).as(as + ": after recovery").contains(view());
    assertThat(leftOver()).as(as + ": left behind").isEmpty();
    boolean shared =
        lab.sharing().list("web").stream()
            .anyMatch(d -> d.state() != SharedDirectory.State.SHARE_PENDING);
    if (done) {
      assertThat(shared).as(as).isEqualTo(act != Act.STOP && act != Act.APPLY_STOP);
    }
    if (act == Act.RESCAN || (act == Act.SHARE && !shared) || (act == Act.STOP && shared)) {
      run(act, lab.directory, SideEffects.direct(), NONE);
    } else {
      run(Act.APPLY_SHARE, lab.directory, SideEffects.direct(), NONE);
    }
    assertThat(views.after().differences(view())).as(as + ": after the next call").isEmpty();
    assertThat(lab.sharing().applyPending(NONE)).as(as + ": queued").isEmpty();
    Path web = lab.path().resolve("web/rootfs");
    boolean now = Files.readString(lab.path().resolve("web/config")).contains("overlay");
    assertThat(now).as(as).isEqualTo(act != Act.STOP && act != Act.APPLY_STOP);
    if (now) {
      assertThat(web.resolve("data/dir/same")).as(as).doesNotExist();
    } else {
      assertThat(views.after().differences(digest(web))).as(as + ": on the disk").isEmpty();
    }
  }

  private static TreeDigest view() throws IOException {
    lab.lxc("lxc-start", "web");
    TreeDigest seen = digest(lab.view("web"));
    lab.lxc("lxc-stop", "web", "-k");
    return seen;
  }

  private static TreeDigest digest(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String directory : DIRECTORIES) {
      TreeDigest.of(root.resolve(directory.substring(1)))
          .entries()
          .forEach((path, what) -> all.put(directory + path, what));
    }
    return new TreeDigest(all);
  }

  private static List<Path> leftOver() {
    return Disk.list(lab.path().resolve("web/sharing")).stream()
        .filter(path -> !path.getFileName().toString().matches("[0-9]+|pending"))
        .toList();
  }
}
