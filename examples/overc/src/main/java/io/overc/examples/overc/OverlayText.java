package io.overc.examples.overc;

import io.overc.examples.console.Table;
import io.overc.examples.console.Wording;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryRescan;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.Outcome;
import io.overc.overlay.RescanResult;
import io.overc.overlay.SharedDirectory;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says the results of {@link OverlayCommand} in words. */
final class OverlayText {
  private OverlayText() {}

  static void list(List<SharedDirectory> shared, PrintStream out) {
    Table table = new Table();
    shared.forEach(
        one ->
            table.row(one.directory(), String.join(",", one.sources()), words(one.state().name())));
    table.print(out, "");
  }

  static void shared(SharingResult result, PrintStream out) {
    if (result.outcome() == Outcome.DEFERRED) {
      out.println(queued(result.container()));
      return;
    }
    boolean planned = result.outcome() == Outcome.PLANNED;
    result.directories().forEach(one -> figures(one, out));
    out.println(
        "%s %s %s: %d files come from the sources"
            .formatted(
                result.container(),
                planned ? "would save" : "saves",
                Wording.bytes(result.bytesSaved()),
                result.filesShared()));
  }

  static void stopped(StopResult result, PrintStream out) {
    if (result.outcome() == Outcome.DEFERRED) {
      out.println(queued(result.container()));
      return;
    }
    out.println(
        "%s %s %d files in %s of its own again: %s, with %s free"
            .formatted(
                result.container(),
                result.outcome() == Outcome.PLANNED ? "would have" : "has",
                result.filesCopied(),
                String.join(", ", result.directories()),
                Wording.bytes(result.bytesNeeded()),
                Wording.bytes(result.bytesFree())));
  }

  static void rescanned(RescanResult result, PrintStream out) {
    for (DirectoryRescan one : result.directories()) {
      figures(one.result(), out);
      out.println("  newly shared: " + one.newlyShared());
      one.changes().forEach(c -> out.println("  " + words(c.kind().name()) + ": " + c.path()));
      if (one.changed() > one.changes().size()) {
        out.println("  and %d more".formatted(one.changed() - one.changes().size()));
      }
    }
    out.println(
        result.changed() == 0
            ? "The sources of %s have what they had".formatted(result.container())
            : "%d files that %s shares are not what they were; the container sees what the sources have now"
                .formatted(result.changed(), result.container()));
  }

  static void applied(List<AppliedChange> results, PrintStream out) {
    if (results.isEmpty()) {
      out.println("Nothing is queued");
    }
    for (AppliedChange one : results) {
      out.println(
          "%s: %s %s: %s%s"
              .formatted(
                  one.container(),
                  words(one.kind().name()),
                  String.join(", ", one.directories()),
                  words(one.result().name()),
                  one.detail().map(detail -> " (" + detail + ")").orElse("")));
    }
  }

  private static void figures(DirectoryResult one, PrintStream out) {
    out.println(
        "%s: %d files shared (%s), %d kept, %d names of the sources hidden"
            .formatted(
                one.directory(),
                one.filesShared(),
                Wording.bytes(one.bytesSaved()),
                one.kept(),
                one.namesMasked()));
    if (!one.filesKept().isEmpty()) {
      out.println(
          "  kept: "
              + one.filesKept().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(kept -> kept.getValue() + " " + words(kept.getKey().name()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String queued(String container) {
    return container + " runs; it is queued, and done before the next start";
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
