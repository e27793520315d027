package io.overc.examples.quickstart;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.examples.console.Wording;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that lets OverC keep snapshots of its own directory: no root, no tool, any disk. */
final class EmbeddedStory {
  private final PrintStream out;

  EmbeddedStory(PrintStream out) {
    this.out = out;
  }

  void tell() throws IOException {
    Path directory = Files.createTempDirectory("overc-quickstart-");
    try {
      tellIn(directory);
    } finally {
      delete(directory);
    }
  }

  private void tellIn(Path directory) throws IOException {
    out.println("A program keeps its data in a directory and lets OverC keep snapshots of it.");
    out.println();
    Path page = Files.createDirectories(directory.resolve("sites/shop")).resolve("index.html");
    Files.writeString(page, "<h1>Open</h1>\n");
    Config config =
        Config.of(
            Map.of(
                "directory.subjects", directory.resolve("sites").toString(),
                "directory.root", directory.resolve("snapshots").toString()));
    SnapshotStore store = Overc.load(config).snapshotStore("directory");
    out.println("SnapshotStore store = Overc.load(config).snapshotStore(\"directory\");");
    say("sites/shop/index.html says " + read(page));

    Snapshot snapshot =
        store.create(
            "shop",
            SnapshotOptions.builder().comment("before the sale").build(),
            OperationOptions.defaults());
    out.println("store.create(\"shop\", options.comment(\"before the sale\"), listener);");
    say("made " + snapshot.id());

    Files.writeString(page, "<h1>Sle</h1>\n");
    out.println("An unhappy edit:");
    say("sites/shop/index.html says " + read(page));

    out.println("store.list(\"shop\");");
    List<Snapshot> snapshots = store.list("shop");
    for (Snapshot each : snapshots) {
      say(
          each.id()
              + "  "
              + each.created().map(Wording::time).orElse("")
              + "  "
              + each.comment().orElse("no comment"));
    }

    store.restore(snapshot.id(), "shop", OperationOptions.defaults());
    out.println("store.restore(\"" + snapshot.id() + "\", \"shop\", listener);");
    say("sites/shop/index.html says " + read(page));
    if (!read(page).contains("Open")) {
      throw new IllegalStateException("the snapshot was not restored");
    }
    out.println();
    out.println("As root, this shows a host upgrade on a disk in a file. What is usable here:");
    out.println("    examples/bin/overc doctor");
  }

  private void say(String line) {
    out.println("    " + line);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
