package io.overc.lxc.share;

import io.overc.engine.ManagedContainerDriver;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Operation;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.container.Dependents;
import io.overc.lxc.container.LxcCommands;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryResult;
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

/** Changes what a container shares, now or before its next start; callers hold its lock. */
public record SharingChanges(
    LxcPath path,
    LxcCommands commands,
    Dependents dependents,
    SharingEngine sharing,
    SharingSources sources,
    Supplier<ManagedContainerDriver> driver) {
  public List<AppliedChange> applyPending(String name, Operation operation) {
    List<AppliedChange> results = new ArrayList<>();
    Path directory = path.container(name);
    boolean runs = commands.runs(name);
    for (PendingChange change : sharing.pending(directory)) {
      if (runs) {
        results.add(applied(name, change, AppliedChange.Result.RUNNING, "it runs; stop it first"));
        continue;
      }
      try {
        apply(name, change, operation);
        sharing.settled(directory, change);
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
    List<SharedWith> shared = sharing.shared(path.container(name));
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
    SharingEngine.refuseForeign(name, container, ContainerConfig.of(container).text());
    applyPending(name, operation);
  }

  public List<DirectoryResult> share(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    return withSources(
        name,
        change.sources(),
        operation,
        () ->
            sharing.share(
                target, change.directories(), sources.find(name, change.sources()), operation));
  }

  public StopResult stop(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    List<String> used =
        sharing.shared(target.directory()).stream()
            .filter(what -> change.directories().contains(what.directory()))
            .flatMap(what -> what.sources().stream())
            .toList();
    return withSources(
        name, used, operation, () -> sharing.stop(target, change.directories(), operation));
  }

  public RescanResult rescan(String name, Operation operation) {
    SharedContainer target = sources.container(name);
    if (commands.runs(name)) {
      throw running("look again at the sources of", name);
    }
    sources.refuseUsed(name);
    List<String> used =
        sharing.shared(target.directory()).stream()
            .flatMap(what -> what.sources().stream())
            .toList();
    return withSources(
        name,
        used,
        operation,
        () ->
            new RescanResult(
                name,
                sharing.rescan(target, what -> sources.find(name, what.sources()), operation)));
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
    List<PendingChange> before = sharing.pending(target.directory());
    if (change.share()) {
      sources.refuseUsed(name);
      sharing.check(target, change.directories(), sources.find(name, change.sources()), before);
    } else {
      List<String> waiting = before.stream().flatMap(c -> c.directories().stream()).toList();
      sharing.requireShared(
          target, change.directories().stream().filter(d -> !waiting.contains(d)).toList());
    }
    operation.step("queue it until " + name + " is stopped");
    sharing.defer(target.directory(), change);
    return true;
  }

  /** Does something while no other operation changes the sources. */
  private <T> T withSources(
      String name, Collection<String> used, Operation operation, Supplier<T> work) {
    return holding(new ArrayDeque<>(sources.locks(name, used)), operation, work);
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
