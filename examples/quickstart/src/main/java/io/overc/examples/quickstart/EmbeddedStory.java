package io.overc.examples.quickstart;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Directories are snapshotted and restored: what needs no tool, no privilege, no file system. */
final class EmbeddedStory {
  private static final String SUBJECT = "web";

  private final Narrator narrator;

  EmbeddedStory(Narrator narrator) {
    this.narrator = narrator;
  }

  void tell() throws IOException {
    narrator.title("A directory is snapshotted, broken, and restored");
    Path home = Files.createTempDirectory("overc-quickstart");
    try {
      narrator.say("Everything happens in " + home + ".");
      tell(home);
    } finally {
      delete(home);
    }
  }

  private void tell(Path home) throws IOException {
    Path web = Files.createDirectories(home.resolve("subjects").resolve(SUBJECT));
    Path snapshots = Files.createDirectory(home.resolve("snapshots"));

    narrator.chapter("An application with its configuration");
    Files.writeString(web.resolve("web.conf"), "port = 8080\n");
    Files.writeString(web.resolve("data"), "1,2,3\n");
    show(web);

    narrator.chapter("A snapshot");
    SnapshotStore store =
        Overc.load(
                Config.of(
                    Map.of(
                        "directory.subjects", web.resolveSibling("").toString(),
                        "directory.root", snapshots.toString())))
            .snapshotStore("directory");
    narrator.call("SnapshotStore store = Overc.load(config).snapshotStore(\"directory\");");
    narrator.call("store.create(\"web\", SnapshotOptions.defaults().withComment(...), progress)");
    Snapshot made =
        store.create(
            SUBJECT,
            SnapshotOptions.defaults().withComment("before the new release"),
            narrator.progress());
    narrator.call("store.list(\"web\")");
    for (Snapshot each : store.list(SUBJECT)) {
      narrator.fact(each.id(), each.comment().orElse(""));
    }

    narrator.chapter("A release that goes wrong");
    Files.writeString(web.resolve("web.conf"), "port = eighty\n");
    Files.delete(web.resolve("data"));
    show(web);

    narrator.chapter("The way back, and a look at the snapshot under another name");
    narrator.call("store.restore(id, \"web\", progress)");
    store.restore(made.id(), SUBJECT, narrator.progress());
    show(web);
    narrator.call("store.restore(id, \"web-copy\", progress)");
    store.restore(made.id(), "web-copy", narrator.progress());
    show(web.resolveSibling("web-copy"));
    expect(web, "data", "1,2,3\n");
    expect(web.resolveSibling("web-copy"), "web.conf", "port = 8080\n");

    narrator.chapter("Gone");
    narrator.call("store.deleteAll(\"web\")");
    narrator.fact("snapshots deleted", Integer.toString(store.deleteAll(SUBJECT)));
  }

  private void show(Path directory) throws IOException {
    for (Path file : entries(directory)) {
      String name = directory.getFileName() + "/" + file.getFileName();
      narrator.fact(name, Files.readString(file).strip());
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private static void expect(Path directory, String name, String content) throws IOException {
    String found = Files.readString(directory.resolve(name));
    if (!found.equals(content)) {
      throw new IllegalStateException(name + " should be restored, but is: " + found);
    }
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(EmbeddedStory::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
