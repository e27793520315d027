package io.overc.lxc;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.lxc.container.ContainerConfig;
import io.overc.lxc.overlay.PendingChange;
import io.overc.lxc.overlay.SharedContainer;
import io.overc.lxc.overlay.SharedWith;
import io.overc.lxc.overlay.SharingEngine;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes what a container shares, now or before its next start; callers hold its lock. */
final class SharingChanges {
  private final LxcTools tools;
  private final SharingSources sources;

  SharingChanges(LxcTools tools) {
    this.tools = tools;
    this.sources = new SharingSources(tools);
  }

  /** Makes what is queued for a container whose lock is held. */
  List<AppliedChange> applyPending(String name, Operation operation) {
    List<AppliedChange> results = new ArrayList<>();
    Path directory = tools.path.container(name);
    boolean runs = tools.instance.runs(name);
    for (PendingChange change : tools.sharing.pending(directory)) {
      if (runs) {
        results.add(applied(name, change, AppliedChange.Result.RUNNING, "it runs; stop it first"));
        continue;
      }
      try {
        apply(name, change, operation);
        tools.sharing.settled(directory, change);
        results.add(applied(name, change, AppliedChange.Result.APPLIED, ""));
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
    List<SharedWith> shared = tools.sharing.shared(tools.path.container(name));
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
  void beforeStart(boolean starts, String name, Operation operation) {
    if (!starts) {
      return;
    }
    Path container = tools.path.container(name);
    tools.sharers.refuse("start", name, container);
    SharingEngine.refuseForeign(name, container, ContainerConfig.of(container).text());
    applyPending(name, operation);
  }

  List<DirectoryResult> share(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    return withSources(
        name,
        change.sources(),
        () ->
            tools.sharing.share(
                target, change.directories(), sources.find(name, change.sources()), operation));
  }

  StopResult stop(String name, PendingChange change, Operation operation) {
    SharedContainer target = sources.container(name);
    sources.refuseUsed(name);
    List<String> used =
        tools.sharing.shared(target.directory()).stream()
            .filter(what -> change.directories().contains(what.directory()))
            .flatMap(what -> what.sources().stream())
            .distinct()
            .toList();
    return withSources(
        name, used, () -> tools.sharing.stop(target, change.directories(), operation));
  }

  /** Queues a change of a container that runs, or refuses it. */
  boolean deferred(
      String name, PendingChange change, WhenRunning whenRunning, Operation operation) {
    SharedContainer target = sources.container(name);
    if (!tools.instance.runs(name)) {
      return false;
    }
    if (whenRunning == WhenRunning.REFUSE) {
      throw running("change the overlays of", name);
    }
    List<PendingChange> before = tools.sharing.pending(target.directory());
    if (change.share()) {
      sources.refuseUsed(name);
      tools.sharing.check(
          target, change.directories(), sources.find(name, change.sources()), before);
    } else {
      List<String> waiting = before.stream().flatMap(c -> c.directories().stream()).toList();
      tools.sharing.needShared(
          target, change.directories().stream().filter(d -> !waiting.contains(d)).toList());
    }
    operation.step("queue it until " + name + " is stopped");
    tools.sharing.defer(target.directory(), change);
    return true;
  }

  /** Does something while no other operation changes the sources. */
  <T> T withSources(String name, List<String> used, Supplier<T> work) {
    return locked(List.copyOf(sources.locks(name, used)), name, work);
  }

  private <T> T locked(List<String> names, String forWhom, Supplier<T> work) {
    if (names.isEmpty()) {
      return work.get();
    }
    return tools.locked(
        "be a source of " + forWhom,
        names.get(0),
        0,
        OperationOptions.defaults(),
        operation -> locked(names.subList(1, names.size()), forWhom, work));
  }

  static RefusedException running(String attempt, String name) {
    return new RefusedException(
        "Cannot %s %s: it runs; stop it first, or have the change made before its next start (--defer)"
            .formatted(attempt, name));
  }

  static AppliedChange applied(
      String name, PendingChange change, AppliedChange.Result result, String detail) {
    return new AppliedChange(
        name,
        change.share() ? AppliedChange.Kind.SHARE : AppliedChange.Kind.STOP,
        change.directories(),
        result,
        detail.isEmpty() ? Optional.empty() : Optional.of(detail));
  }
}
