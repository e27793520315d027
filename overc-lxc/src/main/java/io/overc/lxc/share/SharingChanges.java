package io.overc.lxc.share;

import io.overc.engine.ManagedContainerDriver;
import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.internal.time.Cancellation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.layout.MountLines;
import io.overc.lxc.layout.OverlayMount;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.layout.SharingArea;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.Outcome;
import io.overc.overlay.RescanResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Changes what a container shares, now or before its next start; callers hold its lock. */
public record SharingChanges(
    LxcPath path,
    LxcCommands commands,
    Dependents dependents,
    SharingSources sources,
    ChangeContext steps,
    Supplier<ManagedContainerDriver> driver) {
  public List<AppliedChange> applyPending(String name, Operation operation) {
    List<AppliedChange> results = new ArrayList<>();
    SharingArea area = new SharingArea(path.container(name));
    boolean runs = commands.runs(name);
    for (PendingChange change : area.pending()) {
      if (runs) {
        results.add(applied(name, change, AppliedChange.Result.RUNNING, "it runs; stop it first"));
        continue;
      }
      try {
        apply(name, change, operation);
        List<PendingChange> left = new ArrayList<>(area.pending());
        left.remove(change);
        queue(area, left);
        results.add(applied(name, change, AppliedChange.Result.APPLIED, ""));
      } catch (InterruptedOperationException e) {
        throw e;
      } catch (OvercException e) {
        operation.warn(
            "What was queued for the directories %s of %s cannot be done and stays queued: %s"
                .formatted(String.join(", ", change.directories()), name, e.getMessage()));
        results.add(
            applied(name, change, AppliedChange.Result.FAILED, String.valueOf(e.getMessage())));
      }
    }
    return results;
  }

  /** Makes a change, unless it was made by a process that died before it could say so. */
  private void apply(String name, PendingChange change, Operation operation) {
    List<SharedWith> shared = new SharingArea(path.container(name)).shared();
    if (change.share()) {
      boolean done =
          change.directories().stream()
              .map(directory -> new SharedWith(directory, change.sources()))
              .allMatch(shared::contains);
      if (!done) {
        share(name, change, operation);
      }
    } else if (shared.stream().anyMatch(one -> change.directories().contains(one.directory()))) {
      stop(name, change, operation);
    }
  }

  /** Does what has to be done before a container starts, and refuses a start that would harm. */
  public void beforeStart(String name, Operation operation) {
    Path container = path.container(name);
    dependents.refuseShared("start", name, container);
    refuseForeign(name, container);
    applyPending(name, operation);
  }

  /** Refuses a config whose overlays have layers of another container: LXC made a copy of it. */
  private static void refuseForeign(String name, Path container) {
    for (OverlayMount mount : MountLines.shared(ContainerConfig.of(container).text())) {
      for (Path own : List.of(mount.work(), mount.upper(), mount.lowers().get(0))) {
        if (!own.startsWith(container)) {
          throw new RefusedException(
              Guard.IN_USE,
              "Cannot start %s: the overlay of /%s in its config uses %s, which is another container's"
                  .formatted(name, mount.target(), own),
              Remedy.other(
                  "delete this copy, and make copies from a snapshot of OverC instead of with lxc-copy"));
        }
      }
    }
  }

  public List<DirectoryResult> share(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    return withSources(
        target,
        change.sources(),
        operation,
        () -> {
          List<Source> from = sources.find(name, change.sources());
          List<Planned> planned = Planned.all(target, change.directories(), from);
          return new ShareChange(steps).share(target.area(), planned, operation);
        });
  }

  /** Returns the figures of sharing, and touches nothing. */
  public static List<DirectoryResult> plan(
      SharedContainer target, List<String> directories, List<Source> from, Operation operation) {
    return ShareChange.plan(Planned.all(target, directories, from), operation);
  }

  /** Returns the figures of a stop, and touches nothing. */
  public static StopResult planStop(SharedContainer target, List<String> directories) {
    CopyList list = StopChange.plan(target.area(), target.mounts(directories));
    long free = StopChange.free(target.area());
    return list.result(target.name(), Outcome.PLANNED, directories, free);
  }

  public StopResult stop(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    List<String> directories = change.directories();
    List<String> used =
        target.area().shared().stream()
            .filter(what -> directories.contains(what.directory()))
            .flatMap(what -> what.sources().stream())
            .toList();
    return withSources(
        target,
        used,
        operation,
        () -> {
          List<OverlayMount> mounts = target.mounts(directories);
          long free = StopChange.free(target.area());
          CopyList list = new StopChange(steps).run(target.area(), mounts, operation);
          return list.result(name, Outcome.DONE, directories, free);
        });
  }

  public RescanResult rescan(String name, Operation operation) {
    SharedContainer target = sources.container(name);
    if (commands.runs(name)) {
      throw running("look again at the sources of", name);
    }
    sources.refuseUsed(name);
    SharingArea area = target.area();
    List<SharedWith> shared = area.shared();
    if (shared.isEmpty()) {
      throw new NotFoundException(
          name + " shares no directory, so there is nothing to look at again");
    }
    List<String> used = shared.stream().flatMap(what -> what.sources().stream()).toList();
    return withSources(
        target,
        used,
        operation,
        () -> {
          List<Planned> planned = new ArrayList<>();
          for (SharedWith what : shared) {
            planned.add(Planned.of(target, what, sources.find(name, what.sources())));
          }
          return new RescanResult(
              name, new ShareChange(steps).rescan(area, planned, area.mounts(), operation));
        });
  }

  /** Queues a change of a container that runs, or refuses it. */
  public boolean deferred(
      String name, PendingChange change, WhenRunning whenRunning, Operation operation) {
    SharedContainer target = sources.container(name);
    if (!commands.runs(name)) {
      return false;
    }
    if (whenRunning == WhenRunning.REFUSE) {
      throw running("change the overlays of", name);
    }
    List<PendingChange> before = target.area().pending();
    if (change.share()) {
      sources.refuseUsed(name);
      Planned.all(target, change.directories(), sources.find(name, change.sources()));
      List<String> waiting = directories(before.stream().filter(PendingChange::share));
      for (String directory : change.directories()) {
        Planned.refuse(target, directory, waiting, "queued", Remedy.other("apply that first"));
      }
    } else {
      List<String> waiting = directories(before.stream());
      target.mounts(change.directories().stream().filter(d -> !waiting.contains(d)).toList());
    }
    operation.step("queue it until " + name + " is stopped");
    List<PendingChange> all = new ArrayList<>(before);
    all.add(change);
    queue(target.area(), all);
    return true;
  }

  private static List<String> directories(Stream<PendingChange> changes) {
    return changes.flatMap(change -> change.directories().stream()).toList();
  }

  private void queue(SharingArea area, List<PendingChange> changes) {
    steps.effects().run("write pending", () -> area.writePending(changes));
  }

  /**
   * Does something while no other operation changes the sources; what a failure has left half done
   * is finished or dropped at once.
   */
  private <T> T withSources(
      SharedContainer target, Collection<String> used, Operation operation, Supplier<T> work) {
    Queue<String> locks = new ArrayDeque<>(sources.locks(target.name(), used));
    return holding(
        locks,
        operation,
        () -> {
          try {
            return work.get();
          } catch (OvercException e) {
            Cancellation.shielded(() -> recover(target, e));
            throw e;
          }
        });
  }

  private void recover(SharedContainer target, OvercException cause) {
    try {
      new Recovery(steps).run(target.directory());
    } catch (OvercException e) {
      cause.addSuppressed(e);
    }
  }

  private <T> T holding(Queue<String> containers, Operation operation, Supplier<T> work) {
    String next = containers.poll();
    return next == null
        ? work.get()
        : driver.get().within(operation, next, part -> holding(containers, part, work));
  }

  private static RefusedException running(String attempt, String name) {
    return new RefusedException(
        Guard.ACTIVE,
        "Cannot %s %s: it runs".formatted(attempt, name),
        Remedy.of(
            Remedy.Action.DEFER,
            name,
            "stop it first, or have the change made before its next start"));
  }

  public static AppliedChange applied(
      String name, PendingChange change, AppliedChange.Result result, String detail) {
    return new AppliedChange(
        name,
        change.share() ? AppliedChange.Kind.SHARE : AppliedChange.Kind.STOP,
        change.directories(),
        result,
        detail.isEmpty() ? Optional.empty() : Optional.of(detail));
  }
}
