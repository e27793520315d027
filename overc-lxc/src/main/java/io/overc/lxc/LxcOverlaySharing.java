package io.overc.lxc;

import io.overc.container.ContainerNames;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.lxc.overlay.DirectoryNames;
import io.overc.lxc.overlay.PendingChange;
import io.overc.lxc.overlay.SharedContainer;
import io.overc.lxc.overlay.SharedWith;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.Outcome;
import io.overc.overlay.OverlaySharing;
import io.overc.overlay.RescanResult;
import io.overc.overlay.SharedDirectory;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Shares directories of privileged LXC containers whose root is a plain directory, by overlays that
 * LXC mounts at every start ({@code lxc.mount.entry}), so also at a start without OverC.
 *
 * <p>A source is a container that does not run, a snapshot that is a full copy, or the host ({@code
 * lxc.overlay.essential}). What the kernel needs and what was removed is kept in {@code sharing} in
 * the container's directory: snapshots, copies and exports made by OverC carry the view, and a
 * restored copy has layers of its own. A container that is replaced by an activation shares nothing
 * any more; the snapshot of the one before does.
 *
 * <p>Writing to a shared file on the host, below {@code lxc.overlay.essential}, is not kept away
 * from anybody: the containers see it, as the kernel leaves it open what exactly they see while
 * they run. So share directories of the host that only its upgrades change, and look again ({@link
 * #rescan}) after each.
 */
public final class LxcOverlaySharing implements OverlaySharing {
  private final LxcTools tools;
  private final SharingSources sources;
  private final SharingChanges changes;

  LxcOverlaySharing(LxcTools tools) {
    this.tools = tools;
    this.sources = new SharingSources(tools);
    this.changes = new SharingChanges(tools);
  }

  @Override
  public List<SharedDirectory> list(String container) {
    tools.path.need(ContainerNames.container(container));
    Path directory = tools.path.standing(container);
    List<SharedDirectory> found = new ArrayList<>();
    Set<String> stopping = new HashSet<>();
    for (PendingChange change : tools.sharing.pending(directory)) {
      if (change.share()) {
        change
            .directories()
            .forEach(
                d ->
                    found.add(
                        new SharedDirectory(
                            d, change.sources(), SharedDirectory.State.SHARE_PENDING)));
      } else {
        stopping.addAll(change.directories());
      }
    }
    for (SharedWith what : tools.sharing.shared(directory)) {
      SharedDirectory.State state =
          stopping.contains(what.directory())
              ? SharedDirectory.State.STOP_PENDING
              : SharedDirectory.State.SHARED;
      found.add(new SharedDirectory(what.directory(), what.sources(), state));
    }
    return found.stream().sorted(Comparator.comparing(SharedDirectory::directory)).toList();
  }

  @Override
  public SharingResult plan(
      String container, List<String> directories, List<String> names, OperationOptions call) {
    SharedContainer target = target(container);
    List<String> checked = DirectoryNames.check(directories);
    var from = sources.find(container, SharingSources.check(names));
    sources.refuseUsed(container);
    return reported(
        "plan overlay",
        container,
        checked.size(),
        call,
        operation ->
            new SharingResult(
                container, Outcome.PLANNED, tools.sharing.plan(target, checked, from, operation)));
  }

  @Override
  public SharingResult share(
      String container,
      List<String> directories,
      List<String> names,
      WhenRunning whenRunning,
      OperationOptions call) {
    ContainerNames.container(container);
    PendingChange change =
        new PendingChange(true, DirectoryNames.check(directories), SharingSources.check(names));
    return tools.locked(
        "share overlay",
        container,
        change.directories().size() + 1,
        call,
        operation -> {
          if (changes.deferred(container, change, whenRunning, operation)) {
            return new SharingResult(container, Outcome.DEFERRED, List.of());
          }
          List<DirectoryResult> results = changes.share(container, change, operation);
          return new SharingResult(container, Outcome.DONE, results);
        });
  }

  @Override
  public StopResult planStop(String container, List<String> directories) {
    return tools.sharing.planStop(target(container), DirectoryNames.check(directories));
  }

  @Override
  public StopResult stop(
      String container, List<String> directories, WhenRunning whenRunning, OperationOptions call) {
    ContainerNames.container(container);
    PendingChange change = new PendingChange(false, DirectoryNames.check(directories), List.of());
    return tools.locked(
        "stop overlay",
        container,
        3,
        call,
        operation ->
            changes.deferred(container, change, whenRunning, operation)
                ? new StopResult(container, Outcome.DEFERRED, change.directories(), 0, 0, 0)
                : changes.stop(container, change, operation));
  }

  @Override
  public List<AppliedChange> applyPending(OperationOptions call) {
    List<AppliedChange> results = new ArrayList<>();
    for (String name : tools.path.names()) {
      if (!tools.sharing.pending(tools.path.standing(name)).isEmpty()) {
        results.addAll(applyPending(name, call));
      }
    }
    return List.copyOf(results);
  }

  private List<AppliedChange> applyPending(String name, OperationOptions call) {
    try {
      return tools.locked(
          "apply overlay", name, 1, call, operation -> changes.applyPending(name, operation));
    } catch (OvercException e) {
      return tools.sharing.pending(tools.path.standing(name)).stream()
          .map(
              c ->
                  SharingChanges.applied(
                      name, c, AppliedChange.Result.FAILED, String.valueOf(e.getMessage())))
          .toList();
    }
  }

  @Override
  public RescanResult rescan(String container, OperationOptions call) {
    ContainerNames.container(container);
    return tools.locked(
        "rescan overlay",
        container,
        2,
        call,
        operation -> {
          SharedContainer target = sources.container(container);
          if (tools.instance.runs(container)) {
            throw SharingChanges.running("look again at the sources of", container);
          }
          sources.refuseUsed(container);
          List<String> all =
              tools.sharing.shared(target.directory()).stream()
                  .flatMap(what -> what.sources().stream())
                  .distinct()
                  .toList();
          return changes.withSources(
              container,
              all,
              () ->
                  new RescanResult(
                      container,
                      tools.sharing.rescan(
                          target, what -> sources.find(container, what.sources()), operation)));
        });
  }

  private SharedContainer target(String container) {
    return sources.container(ContainerNames.container(container));
  }

  private static <T> T reported(
      String verb, String name, int steps, OperationOptions call, Function<Operation, T> work) {
    try (Operation operation = Operation.start(call.listener(), "container " + verb, name, steps)) {
      try {
        T result = work.apply(operation);
        operation.succeeded(verb + " of " + name + " done");
        return result;
      } catch (OvercException e) {
        operation.failed(e);
        throw e;
      }
    }
  }
}
