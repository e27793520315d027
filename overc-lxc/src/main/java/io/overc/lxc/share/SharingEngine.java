package io.overc.lxc.share;

import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.disk.Tools;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.layout.SharingArea;
import io.overc.overlay.DirectoryRescan;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.Outcome;
import io.overc.overlay.StopResult;
import io.overc.spi.SideEffects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes what containers share. It knows directories; who may be a source, who runs and who holds
 * the lock of a container is for its caller to know, who also calls {@link #recover} before each
 * change.
 */
public final class SharingEngine {
  private final ChangeContext steps;

  public SharingEngine(Tools tools, SideEffects effects) {
    this.steps = new ChangeContext(tools, effects);
  }

  public List<SharedWith> shared(Path container) {
    SharingArea area = new SharingArea(container);
    return area.mounts().stream().map(mount -> area.of(mount).description()).toList();
  }

  /** Finishes or drops what an interrupted change has left. */
  public void recover(Path container) {
    new Recovery(steps).run(new SharingArea(container));
  }

  /** Returns the figures of sharing, and touches nothing. */
  public List<DirectoryResult> plan(
      SharedContainer container,
      List<String> directories,
      List<Source> sources,
      Operation operation) {
    return ShareChange.plan(planned(container, directories, sources), operation);
  }

  public List<DirectoryResult> share(
      SharedContainer container,
      List<String> directories,
      List<Source> sources,
      Operation operation) {
    List<Planned> planned = planned(container, directories, sources);
    return tidily(
        container, () -> new ShareChange(steps).share(container.area(), planned, operation));
  }

  /** Returns the figures of a stop, and touches nothing. */
  public StopResult planStop(SharedContainer container, List<String> directories) {
    SharingArea area = container.area();
    CopyList list = StopChange.plan(area, mounts(container, directories));
    return result(container, Outcome.PLANNED, directories, list, StopChange.free(area));
  }

  public StopResult stop(SharedContainer container, List<String> directories, Operation operation) {
    List<OverlayMount> mounts = mounts(container, directories);
    SharingArea area = container.area();
    long free = StopChange.free(area);
    CopyList list = tidily(container, () -> new StopChange(steps).run(area, mounts, operation));
    return result(container, Outcome.DONE, directories, list, free);
  }

  /**
   * Looks at the sources of a container that does not run again.
   *
   * @param sources finds the sources that a directory is shared with
   */
  public List<DirectoryRescan> rescan(
      SharedContainer container, Function<SharedWith, List<Source>> sources, Operation operation) {
    SharingArea area = container.area();
    List<OverlayMount> mounts = area.mounts();
    List<Planned> planned = new ArrayList<>();
    for (OverlayMount mount : mounts) {
      SharedWith what = area.of(mount).description();
      planned.add(planned(container, what, sources.apply(what)));
    }
    if (planned.isEmpty()) {
      throw new NotFoundException(
          container.name() + " shares no directory, so there is nothing to look at again");
    }
    return tidily(container, () -> new ShareChange(steps).rescan(area, planned, mounts, operation));
  }

  /** Returns the changes that wait for a container to stop, the oldest first. */
  public List<PendingChange> pending(Path container) {
    return new PendingChanges(steps, new SharingArea(container)).list();
  }

  public void defer(Path container, PendingChange change) {
    new PendingChanges(steps, new SharingArea(container)).add(change);
  }

  public void settled(Path container, PendingChange change) {
    new PendingChanges(steps, new SharingArea(container)).remove(change);
  }

  /**
   * Refuses what could not be shared even if the container did not run.
   *
   * @param before what is queued already
   */
  public void check(
      SharedContainer container,
      List<String> directories,
      List<Source> sources,
      List<PendingChange> before) {
    planned(container, directories, sources);
    List<String> waiting =
        before.stream()
            .filter(PendingChange::share)
            .flatMap(change -> change.directories().stream())
            .toList();
    for (String directory : directories) {
      if (waiting.contains(directory)) {
        throw new RefusedException(
            Guard.EXISTS,
            "Cannot share %s of %s: it is queued already".formatted(directory, container.name()),
            Remedy.other("apply that first"));
      }
      DirectoryNames.refuseNested(directory, waiting);
    }
  }

  public void requireShared(SharedContainer container, List<String> directories) {
    mounts(container, directories);
  }

  /** Refuses a config whose overlays have layers of another container: LXC made a copy of it. */
  public static void refuseForeign(String name, Path container, String config) {
    for (OverlayMount mount : MountLines.shared(config)) {
      for (Path own : List.of(mount.work(), mount.upper(), mount.lowers().get(0))) {
        if (!own.startsWith(container)) {
          throw new RefusedException(
              Guard.IN_USE,
              "Cannot start %s: the overlay of /%s in its config uses %s, which is another container's"
                  .formatted(name, mount.target(), own),
              Remedy.other(
                  "delete this copy, and make copies from a snapshot of OverC instead of with"
                      + " lxc-copy"));
        }
      }
    }
  }

  private List<Planned> planned(
      SharedContainer container, List<String> directories, List<Source> sources) {
    List<String> names = sources.stream().map(Source::name).toList();
    List<String> already =
        shared(container.directory()).stream().map(SharedWith::directory).toList();
    SharingArea area = container.area();
    List<Planned> planned = new ArrayList<>();
    for (String directory : directories) {
      if (already.contains(directory)) {
        throw new RefusedException(
            Guard.EXISTS,
            "Cannot share %s of %s: it is shared already".formatted(directory, container.name()),
            Remedy.of(Remedy.Action.STOP_SHARING, container.name(), "stop that first"));
      }
      DirectoryNames.refuseNested(directory, already);
      Planned one = planned(container, new SharedWith(directory, names), sources);
      LayerCheck.layers(area, one, area.layout(area.next() + directories.size()));
      planned.add(one);
    }
    return planned;
  }

  private static Planned planned(SharedContainer container, SharedWith what, List<Source> sources) {
    LayerCheck.upper(container.name(), container.root(), what.directory());
    String relative = what.directory().substring(1);
    return new Planned(
        what,
        container.root().resolve(relative),
        sources.stream()
            .map(Source::root)
            .filter(root -> LayerCheck.isPlain(root, what.directory()))
            .map(root -> root.resolve(relative))
            .toList());
  }

  private static List<OverlayMount> mounts(SharedContainer container, List<String> directories) {
    List<OverlayMount> all = container.area().mounts();
    List<OverlayMount> found = new ArrayList<>();
    for (String directory : directories) {
      found.add(
          all.stream()
              .filter(mount -> ("/" + mount.target()).equals(directory))
              .findFirst()
              .orElseThrow(
                  () ->
                      new NotFoundException(
                          "%s does not share %s; it shares %s"
                              .formatted(
                                  container.name(),
                                  directory,
                                  all.isEmpty()
                                      ? "nothing"
                                      : String.join(
                                          ", ",
                                          all.stream().map(m -> "/" + m.target()).toList())))));
    }
    return found;
  }

  /** Does something; what a failure has left half done is finished or dropped at once. */
  private <T> T tidily(SharedContainer container, Supplier<T> work) {
    try {
      return work.get();
    } catch (OvercException e) {
      try {
        Cancellation.shielded(() -> recover(container.directory()));
      } catch (OvercException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static StopResult result(
      SharedContainer container,
      Outcome outcome,
      List<String> directories,
      CopyList list,
      long free) {
    return new StopResult(container.name(), outcome, directories, list.files(), list.bytes(), free);
  }
}
