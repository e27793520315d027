package io.overc.directory;

import io.overc.container.ImageDigest;
import io.overc.event.OperationOptions;
import io.overc.servicepack.ImageTag;
import io.overc.servicepack.Port;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.HostileInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands in names, ids and other short texts that others may choose. */
class HostileNamesTest {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (String way : List.of("../canary", "canary", "..", ".", "/etc", "x/../../canary")) {
      names.addAll(List.of(way, way + "/", "./" + way, way + "\0", "a/" + way, "\u202e" + way));
      names.add(way.replace("/", "\\"));
      names.add(way.replace("/", "%2f"));
      names.add(way.replace(".", "\uff0e"));
      names.add(way + "@20260101T000000.000Z");
    }
    for (String mark :
        List.of("\n", "\r", "\t", "\u001b[2J", "\u001b]52;c;eA==\u0007", "\u009b0m")) {
      names.addAll(
          List.of(mark, "web" + mark, mark + "web", "web" + mark + "x", "../canary" + mark));
    }
    for (String shell :
        List.of("$(touch x)", "`id`", ";id", "|id", "&", "*", "?", "~", "{a,b}", "!")) {
      names.addAll(List.of(shell, "web" + shell, "'" + shell + "'", "\"" + shell));
    }
    names.addAll(
        List.of("", " ", "-", "-n", "--help", "-rf", "--root=/", "%s%n%1$s", "${x}", "{0}"));
    names.addAll(
        List.of("\ud800", "a\udfff", "\u0000", "\ufeffweb", "we\u200bb", "\u0130", "web\u00a0"));
    names.addAll(
        List.of("a".repeat(129), "a".repeat(300), "a".repeat(1 << 16), "\u00e4".repeat(128)));
    names.addAll(
        List.of(".lock-web", ".new-web", ".del-web", ".overc-old-web", "web@", "@", "a:b"));
    return names;
  }

  @Test
  @DisplayName("names and ids reach nothing but what they may name")
  void names(@TempDir Path base) throws IOException {
    Path subjects = Files.createDirectory(base.resolve("subjects"));
    SnapshotStore store =
        DirectorySnapshotStore.builder(subjects, base.resolve("snapshots")).build();
    Files.createDirectory(subjects.resolve("web"));
    Snapshot snapshot = store.create("web", SnapshotOptions.defaults(), NONE);
    HostileInputs hostile = new HostileInputs("names", base.resolve("canary"));
    hostile.each(names(), name -> () -> store.list(name));
    hostile.each(names(), name -> () -> store.create(name, SnapshotOptions.defaults(), NONE));
    hostile.each(names(), name -> () -> store.deleteAll(name, NONE));
    hostile.each(names(), name -> () -> store.restore(snapshot.id(), name, NONE));
    hostile.each(names(), id -> () -> store.delete(SnapshotId.of(id), NONE));
    hostile.each(names(), id -> () -> store.restore(SnapshotId.of(id), "web", NONE));
    hostile.each(names(), text -> () -> ImageTag.parse(text));
    hostile.each(names(), text -> () -> ImageDigest.parse(text));
    hostile.each(names(), text -> () -> Port.parse(text));
    hostile.end(1000);
  }
}
