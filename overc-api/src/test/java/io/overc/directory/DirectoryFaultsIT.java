package io.overc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.InterruptedOperationException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.internal.tree.FileTree;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import io.overc.testkit.PathSubjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every side effect of every operation × {before, after} × SIGKILL of the JVM; errors and
 * interrupts are in the kit.
 */
class DirectoryFaultsIT {
  @TempDir private Path directory = Path.of("unset");

  enum Act {
    CREATE,
    RESTORE_IN_PLACE,
    RESTORE_AS,
    DELETE
  }

  private static SnapshotStore store(Path base, SideEffects effects) {
    return DirectorySnapshotStore.builder(base.resolve("subjects"), base.resolve("snapshots"))
        .effects(effects)
        .build();
  }

  private static void perform(Act act, SnapshotStore store) {
    SnapshotId id = store.list("web").get(0).id();
    switch (act) {
      case CREATE ->
          store.create(
              "web", SnapshotOptions.builder().comment("v2").build(), OperationOptions.defaults());
      case RESTORE_IN_PLACE -> store.restore(id, "web", OperationOptions.defaults());
      case RESTORE_AS -> store.restore(id, "copy", OperationOptions.defaults());
      case DELETE -> store.delete(id, OperationOptions.defaults());
    }
  }

  private Path prepare(String name) throws IOException {
    Path base = Files.createDirectories(directory.resolve(name));
    Path subject = Files.createDirectories(base.resolve("subjects/web"));
    write(subject, "v1");
    SnapshotStore store = store(base, SideEffects.direct());
    store.create(
        "web", SnapshotOptions.builder().comment("v1").build(), OperationOptions.defaults());
    write(subject, "v2");
    return base;
  }

  private static void write(Path subject, String text) throws IOException {
    Files.writeString(subject.resolve("first"), text);
    Files.writeString(subject.resolve("second"), text);
  }

  /** Returns what a directory says; both of its files must say the same. */
  private static String read(Path subject) throws IOException {
    String first = Files.readString(subject.resolve("first"));
    assertThat(Files.readString(subject.resolve("second")))
        .as("half of " + subject)
        .isEqualTo(first);
    return first;
  }

  @Test
  @DisplayName("whatever dies where, snapshots are whole, the subject is whole, nothing is left")
  void everyFaultIsBorne() throws IOException {
    int cases = 0;
    for (Act act : Act.values()) {
      FaultInjector recording = FaultInjector.recording();
      perform(act, store(prepare("record-" + act), recording));
      List<String> points = recording.points();
      assertThat(points).as("points of " + act).hasSizeGreaterThanOrEqualTo(4);
      for (int at = 0; at < points.size(); at++) {
        Path base = prepare(act + "-" + at);
        kill(act, at, base);
        check(base, act + " killed " + points.get(at));
        cases++;
      }
    }
    System.out.println("Faults of the directory store: " + cases + " kills");
    assertThat(cases).isGreaterThanOrEqualTo(40);
  }

  private static void kill(Act act, int at, Path base) {
    CommandResult killed =
        CommandRunner.system()
            .run(
                ChildJvm.of(KilledMain.class, act.name(), String.valueOf(at), base.toString())
                    .build());
    assertThat(killed.exitCode()).as(killed.stderr()).isEqualTo(ChildJvm.KILLED);
  }

  private static void check(Path base, String when) throws IOException {
    SnapshotStore store = store(base, SideEffects.direct());
    List<Snapshot> before = store.list("web");
    Snapshot next = store.create("web", SnapshotOptions.defaults(), OperationOptions.defaults());
    assertThat(read(base.resolve("subjects/web"))).as(when).isIn("v1", "v2");
    for (Snapshot snapshot : before) {
      store.restore(snapshot.id(), "check", OperationOptions.defaults());
      assertThat(snapshot.comment()).as(when).contains(read(base.resolve("subjects/check")));
      FileTree.at(base.resolve("subjects/check")).delete();
    }
    if (Files.exists(base.resolve("subjects/copy"))) {
      assertThat(read(base.resolve("subjects/copy"))).as(when).isEqualTo("v1");
    } else {
      store.create("web", SnapshotOptions.defaults(), OperationOptions.defaults());
      store.restore(next.id(), "copy", OperationOptions.defaults());
    }
    for (String place : List.of("snapshots", "subjects")) {
      try (Stream<Path> left = Files.list(base.resolve(place))) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .as(when)
            .noneMatch(name -> name.startsWith(".") && !name.startsWith(".lock-"));
      }
    }
  }

  @Test
  @DisplayName("a JVM that is asked to end takes back what it had begun, before it ends")
  void exitTakesBack() throws IOException {
    Path base = prepare("exit");
    CommandResult ended =
        CommandRunner.system().run(ChildJvm.of(ExitMain.class, base.toString()).build());
    assertThat(ended.stdout()).as(ended.stderr()).contains("copied").contains("cancelled");
    assertThat(PathSubjects.hidden(base.resolve("subjects"), base.resolve("snapshots"))).isEmpty();
    assertThat(store(base, SideEffects.direct()).list("web")).hasSize(1);
  }

  /** Asks its own JVM to end in the middle of a creation, as SIGTERM does. */
  static final class ExitMain implements SideEffects {
    private boolean asked;

    private ExitMain() {}

    public static void main(String[] args) {
      store(Path.of(args[0]), new ExitMain())
          .create("web", SnapshotOptions.defaults(), OperationOptions.of(ExitMain::tell));
    }

    // The JVM waits for the end of the operation, not for what its caller does then.
    private static void tell(Event event) {
      if (event instanceof Event.Finished end
          && end.failure().orElseThrow() instanceof InterruptedOperationException) {
        System.out.println("cancelled");
      }
    }

    @Override
    public <E extends Exception> void run(String name, Action<E> action) throws E {
      action.run();
      if (name.equals("copy to snapshot") && !asked) {
        asked = true;
        System.out.println("copied");
        new Thread(() -> System.exit(0)).start();
        try {
          TimeUnit.MINUTES.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  static final class KilledMain {
    private KilledMain() {}

    public static void main(String[] args) {
      FaultInjector killer = FaultInjector.at(Fault.KILL, Integer.parseInt(args[1]));
      perform(Act.valueOf(args[0]), store(Path.of(args[2]), killer));
    }
  }
}
