package io.overc.examples.overc;

import io.overc.container.ActivateResult;
import io.overc.container.Change;
import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.ImageResult;
import io.overc.container.RollbackResult;
import io.overc.container.UpgradeResult;
import io.overc.container.UpgradeSource;
import io.overc.examples.console.Table;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says the results of {@link ContainerCommand} in words. */
final class ContainerText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private ContainerText() {}

  static void containers(List<Container> containers, PrintStream out) {
    Table table = new Table();
    for (Container container : containers) {
      table.row(
          container.name(),
          container.status().map(ContainerText::word).orElse(""),
          container.template().orElse(""));
    }
    table.print(out, "");
  }

  /**
   * A snapshot as --json shows it.
   *
   * @param container what was snapshotted
   * @param id its id
   * @param created when it was made
   * @param comment what its maker wrote about it
   */
  record Shown(
      String container, SnapshotId id, Optional<Instant> created, Optional<String> comment) {
    Shown(Snapshot snapshot) {
      this(snapshot.subject(), snapshot.id(), snapshot.created(), snapshot.comment());
    }
  }

  static void snapshots(List<Snapshot> snapshots, PrintStream out) {
    Table table = new Table();
    for (Snapshot snapshot : snapshots) {
      table.row(
          snapshot.id().text(),
          snapshot.created().map(ContainerText::time).orElse(""),
          snapshot.comment().map(ContainerText::line).orElse(""));
    }
    table.print(out, "");
  }

  static void status(String name, ContainerStatus status, PrintStream out) {
    out.println(name + " is " + word(status));
  }

  static void activate(ActivateResult result, PrintStream out) {
    String before =
        result.snapshot().map(id -> "; what it was before is snapshot " + id).orElse("");
    out.println(result.name() + " is active" + before);
  }

  static void upgrade(UpgradeResult result, PrintStream out) {
    if (result.change() == Change.UNCHANGED) {
      out.println(
          result.source() == UpgradeSource.PACKAGES
              ? "No package of " + result.name() + " is newer; nothing was changed"
              : result.name() + " was not changed");
      return;
    }
    String before =
        result.snapshot().map(id -> "; what it was before is snapshot " + id).orElse("");
    out.println(result.name() + " is upgraded" + before);
  }

  static void rollback(RollbackResult result, PrintStream out) {
    out.println(
        result.name()
            + " is back at "
            + result.snapshot().map(SnapshotId::text).orElse("its latest snapshot"));
  }

  static void image(String template, ImageResult result, PrintStream out) {
    String digest = result.digest().map(d -> " (" + d + ")").orElse("");
    out.println(
        result.change() == Change.UNCHANGED
            ? "The image of " + template + " is this one already" + digest
            : "The image of " + template + " is replaced" + digest);
  }

  static void snapshot(Snapshot made, PrintStream out) {
    out.println(made.id() + " is a snapshot of " + made.subject());
  }

  static void deleted(String name, int count, PrintStream out) {
    out.println("Deleted " + count + " snapshots of " + name);
  }

  static void done(String name, Change change, String state, PrintStream out) {
    out.println(
        name
            + (change == Change.UNCHANGED ? " was " : " is ")
            + state
            + (change == Change.UNCHANGED ? " already" : ""));
  }

  private static String word(ContainerStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** A comment on one line of a table: its first line, without what a terminal would obey. */
  private static String line(String comment) {
    return comment.strip().split("\\R", 2)[0].replaceAll("\\p{Cc}", "?");
  }
}
