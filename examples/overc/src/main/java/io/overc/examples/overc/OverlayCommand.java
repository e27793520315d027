package io.overc.examples.overc;

import io.overc.examples.console.Console;
import io.overc.examples.console.Exit;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.OverlaySharing;
import io.overc.overlay.RescanResult;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shares directories between containers; {@link OverlayText} says the results in words. */
@Command(
    name = "overlay",
    description = {
      "Share directories of a container with others, so that the same files are stored once.",
      "The container sees what it saw before. It must not run, or the change is queued (--defer)."
    })
final class OverlayCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "name",
      description = "Name of container; none for --apply-pending.")
  private @Nullable String name;

  @ArgGroup private @Nullable Mode mode;

  @Option(
      names = "--dir",
      paramLabel = "DIR[,DIR...]",
      description = "Directories, as the container sees them.")
  private List<String> directories = List.of();

  @Option(
      names = "--source",
      paramLabel = "NAME[,NAME...]",
      description =
          "Where files come from, the first one first: containers, snapshots, or 'essential' for"
              + " this host.")
  private List<String> sources = List.of();

  @Option(names = "--plan", description = "Say what would be done, and touch nothing.")
  private boolean plan;

  @Option(names = "--defer", description = "If the container runs, do it before its next start.")
  private boolean defer;

  OverlayCommand(Console console) {
    this.console = console;
  }

  /** What to do instead of sharing. */
  static final class Mode {
    @Option(names = "--list", description = "List what is shared, and what is queued.")
    private boolean list;

    @Option(names = "--stop", description = "Give the container its own files again.")
    private boolean stop;

    @Option(
        names = "--rescan",
        description = "Look at the sources again; exit 1 if shared files changed there.")
    private boolean rescan;

    @Option(
        names = "--apply-pending",
        description = "Do what is queued, for all containers; exit 1 if something failed.")
    private boolean applyPending;
  }

  @Override
  public Integer call() {
    Mode chosen = mode == null ? new Mode() : mode;
    OverlaySharing sharing = console.overc().overlaySharing();
    if (chosen.applyPending) {
      return applyPending(sharing);
    }
    if (name == null) {
      throw new IllegalArgumentException("Name a container, or give --apply-pending");
    }
    String container = OverlayNames.container(name);
    List<String> named = OverlayNames.directories(directories);
    if (chosen.list) {
      var shared = sharing.list(container);
      return console.show(shared, out -> OverlayText.list(shared, out));
    }
    if (chosen.rescan) {
      return rescan(sharing, container);
    }
    WhenRunning whenRunning = defer ? WhenRunning.DEFER : WhenRunning.REFUSE;
    return chosen.stop
        ? stop(sharing, container, named, whenRunning)
        : share(sharing, container, named, whenRunning);
  }

  private int share(
      OverlaySharing sharing, String container, List<String> named, WhenRunning whenRunning) {
    List<String> from = OverlayNames.sources(sources);
    SharingResult result =
        plan
            ? sharing.plan(container, named, from, console.call())
            : sharing.share(container, named, from, whenRunning, console.call());
    return console.show(result, out -> OverlayText.shared(result, out));
  }

  private int stop(
      OverlaySharing sharing, String container, List<String> named, WhenRunning whenRunning) {
    StopResult result =
        plan
            ? sharing.planStop(container, named)
            : sharing.stop(container, named, whenRunning, console.call());
    return console.show(result, out -> OverlayText.stopped(result, out));
  }

  private int rescan(OverlaySharing sharing, String container) {
    RescanResult result = sharing.rescan(container, console.call());
    console.show(result, out -> OverlayText.rescanned(result, out));
    return result.changed() == 0 ? Exit.DONE : Exit.FAILED;
  }

  private int applyPending(OverlaySharing sharing) {
    List<AppliedChange> results = sharing.applyPending(console.call());
    console.show(results, out -> OverlayText.applied(results, out));
    return results.stream().anyMatch(r -> r.result() == AppliedChange.Result.FAILED)
        ? Exit.FAILED
        : Exit.DONE;
  }
}
