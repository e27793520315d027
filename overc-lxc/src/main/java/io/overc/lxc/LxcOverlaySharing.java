package io.overc.lxc;

import io.overc.config.Config;
import io.overc.container.ContainerNames;
import io.overc.engine.ManagedContainerDriver;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.event.Operation;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.lxc.container.LxcPath;
import io.overc.lxc.layout.PendingChange;
import io.overc.lxc.layout.SharedWith;
import io.overc.lxc.layout.SharingArea;
import io.overc.lxc.share.DirectoryNames;
import io.overc.lxc.share.SharedContainer;
import io.overc.lxc.share.SharingChanges;
import io.overc.lxc.share.SharingSources;
import io.overc.lxc.share.Source;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.Outcome;
import io.overc.overlay.OverlaySharing;
import io.overc.overlay.RescanResult;
import io.overc.overlay.SharedDirectory;
import io.overc.overlay.SharingResult;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
 * #rescan}) after each. Immutable, thread-safe.
 *
 * <pre>{@code
 * LxcOverlaySharing.builder().config(config).build()
 * }</pre>
 */
public final class LxcOverlaySharing implements OverlaySharing {
  private final LxcPath path;
  private final ManagedContainerDriver driver;
  private final SharingSources sources;
  private final SharingChanges changes;

  LxcOverlaySharing(
      LxcPath path, ManagedContainerDriver driver, SharingSources sources, SharingChanges changes) {
    this.path = path;
    this.driver = driver;
    this.sources = sources;
    this.changes = changes;
  }

  /**
   * Makes a backend. Starts no process.
   *
   * @param config the configuration, see {@link LxcKeys}
   * @return the backend
   * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
   */
  public static LxcOverlaySharing of(Config config) {
    return builder().config(config).build();
  }

  /**
   * Begins a backend.
   *
   * @return a builder with the default configuration
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public List<SharedDirectory> list(String container) {
    path.require(ContainerNames.container(container));
    SharingArea area = new SharingArea(path.standing(container));
    List<SharedDirectory> found = new ArrayList<>();
    Set<String> stopping = new HashSet<>();
    for (PendingChange change : area.pending()) {
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
    for (SharedWith what : area.shared()) {
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
    List<Source> from = sources.find(container, SharingSources.check(names));
    sources.refuseUsed(container);
    return Operation.run(
        call,
        OperationKind.OVERLAY_PLAN,
        container,
        operation ->
            new SharingResult(
                container, Outcome.PLANNED, SharingChanges.plan(target, checked, from, operation)));
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
    return driver.run(
        OperationKind.OVERLAY_SHARE,
        container,
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
    return SharingChanges.planStop(target(container), DirectoryNames.check(directories));
  }

  @Override
  public StopResult stop(
      String container, List<String> directories, WhenRunning whenRunning, OperationOptions call) {
    ContainerNames.container(container);
    PendingChange change = new PendingChange(false, DirectoryNames.check(directories), List.of());
    return driver.run(
        OperationKind.OVERLAY_STOP,
        container,
        call,
        operation ->
            changes.deferred(container, change, whenRunning, operation)
                ? new StopResult(container, Outcome.DEFERRED, change.directories(), 0, 0, 0)
                : changes.stop(container, change, operation));
  }

  @Override
  public List<AppliedChange> applyPending(OperationOptions call) {
    return Operation.run(
        call,
        OperationKind.OVERLAY_APPLY,
        path.root().toString(),
        operation -> {
          List<AppliedChange> results = new ArrayList<>();
          for (String name : path.names()) {
            if (!pending(name).isEmpty()) {
              results.addAll(applyPending(name, operation));
            }
          }
          return List.copyOf(results);
        });
  }

  private List<PendingChange> pending(String name) {
    return new SharingArea(path.standing(name)).pending();
  }

  private List<AppliedChange> applyPending(String name, Operation all) {
    try {
      return all.child(
          OperationKind.OVERLAY_APPLY,
          name,
          operation -> driver.within(operation, name, part -> changes.applyPending(name, part)));
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      String why = String.valueOf(e.getMessage());
      return pending(name).stream()
          .map(c -> SharingChanges.applied(name, c, AppliedChange.Result.FAILED, why))
          .toList();
    }
  }

  @Override
  public RescanResult rescan(String container, OperationOptions call) {
    return driver.run(
        OperationKind.OVERLAY_RESCAN,
        container,
        call,
        operation -> changes.rescan(container, operation));
  }

  private SharedContainer target(String container) {
    return sources.container(ContainerNames.container(container));
  }

  /** Builds backends. Not thread-safe. */
  public static final class Builder extends LxcBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the backend.
     *
     * @return a backend
     * @throws io.overc.error.ConfigException if a value of the configuration cannot be used
     */
    public LxcOverlaySharing build() {
      return backends().overlaySharing();
    }
  }
}
