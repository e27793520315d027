package io.overc.examples.lxcsnap;

import io.overc.examples.console.Console;
import io.overc.examples.console.Program;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the command {@code lxc-snap}. */
@Command(
    name = "lxc-snap",
    description = "Snapshot an LXC container, list its snapshots, and restore them.",
    synopsisHeading = "Usage:%n",
    customSynopsis = {
      "  lxc-snap [-c FILE] [--freeze] [--full-copy] NAME",
      "  lxc-snap -l [NAME]",
      "  lxc-snap -r NAME_N NEWNAME",
      "  lxc-snap -d NAME_N",
      "  lxc-snap -e NAME_N FILE",
    })
public final class LxcSnapCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "-c", paramLabel = "FILE", description = "Keep the text of FILE as a comment.")
  private @Nullable Path comment;

  @Option(names = "-l", description = "List the containers that have snapshots, or those of NAME.")
  private boolean list;

  @Option(names = "-r", paramLabel = "NAME_N", description = "Restore the snapshot to NEWNAME.")
  private @Nullable String restore;

  @Option(names = "-d", paramLabel = "NAME_N", description = "Delete the snapshot.")
  private @Nullable String delete;

  @Option(
      names = "-e",
      paramLabel = "NAME_N",
      description = "Export the snapshot to FILE, a tar.gz that depends on nothing.")
  private @Nullable String export;

  @Option(names = "-P", paramLabel = "LXCPATH", description = "Use the containers in LXCPATH.")
  private @Nullable Path lxcPath;

  @Option(names = "--freeze", description = "Freeze a container that runs meanwhile.")
  private boolean freeze;

  @Option(names = "--full-copy", description = "Copy a container in a plain directory in full.")
  private boolean fullCopy;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The container, or what is asked.")
  private @Nullable String name;

  LxcSnapCommand(Console console) {
    this.console = console;
  }

  /**
   * Runs the program and ends this JVM with its exit code.
   *
   * @param arguments the arguments
   */
  public static void main(String[] arguments) {
    System.exit(Program.of(LxcSnapCommand.class).run(arguments));
  }

  @Override
  public Integer call() {
    checkOptions();
    SnapshotStore store = Stores.open(console, lxcPath);
    if (list) {
      return name == null ? subjects(store) : snapshots(store, name);
    }
    if (restore != null) {
      String target = need("-r NAME_N NEWNAME");
      store.restore(SnapshotId.of(restore), target, console.call());
      String text = restore + " is restored to " + target;
      return console.show(new Restored(restore, target), out -> out.println(text));
    }
    if (delete != null) {
      store.delete(SnapshotId.of(delete), console.call());
      String text = delete + " is deleted";
      return console.show(new Deleted(delete), out -> out.println(text));
    }
    if (export != null) {
      Path file = Path.of(need("-e NAME_N FILE"));
      store.exportTo(SnapshotId.of(export), file, console.call());
      String text = export + " is exported to " + file;
      return console.show(new Exported(export, file), out -> out.println(text));
    }
    return create(store);
  }

  private int create(SnapshotStore store) {
    String subject = need("NAME");
    SnapshotOptions.Builder options = SnapshotOptions.builder().freeze(freeze).fullCopy(fullCopy);
    if (comment != null) {
      // Read before anything is made: a missing file must not leave a snapshot without it.
      options.comment(Stores.read(comment));
    }
    Snapshot made = store.create(subject, options.build(), console.call());
    return console.show(made, out -> out.println(made.id() + " is a snapshot of " + subject));
  }

  private int subjects(SnapshotStore store) {
    List<String> subjects = store.subjects();
    return console.show(subjects, out -> subjects.forEach(out::println));
  }

  private int snapshots(SnapshotStore store, String subject) {
    List<Snapshot> snapshots = store.list(subject);
    return console.show(snapshots, out -> Stores.print(snapshots, out));
  }

  private void checkOptions() {
    long verbs =
        Stream.of(list, restore != null, delete != null, export != null)
            .filter(asked -> asked)
            .count();
    boolean making = comment != null || freeze || fullCopy;
    if (verbs > 1 || (verbs == 1 && making) || (delete != null && name != null)) {
      throw new IllegalArgumentException("These options do not go together; see 'lxc-snap --help'");
    }
  }

  private String need(String usage) {
    if (name == null) {
      throw new IllegalArgumentException("expected " + usage + "; see 'lxc-snap --help'");
    }
    return name;
  }

  record Restored(String snapshot, String container) {}

  record Deleted(String snapshot) {}

  record Exported(String snapshot, Path file) {}
}
