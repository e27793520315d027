package io.overc.overlay;

import io.overc.error.BusyException;
import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import java.util.List;

/**
 * Lets a container use the files of others instead of storing its own: what a source provides
 * identically is removed from the container's directory, and an overlay shows it from there.
 *
 * <p>The promise: the container sees afterwards what it saw before: the same names, types,
 * contents, modes, owners, extended attributes and link targets. The one thing that is not part of
 * it is the time of modification of what is shared, which is the source's. It holds whatever is
 * killed, fails or runs out of space in between: a container has the layout of before or the one
 * that was asked for, and each shows the same.
 *
 * <p>A <em>directory</em> is absolute as the container sees it, for example {@code /usr/share}. A
 * <em>source</em> is another container, a snapshot of one, or {@link #ESSENTIAL}. The order of the
 * sources counts: where several have a path, the first one does.
 *
 * <p>A source must not change while others use its files, as an overlay shows every change at once.
 * So a container that runs, or that itself shares, is refused as a source, and one that is used by
 * others is neither started, replaced nor deleted through the backend: use a snapshot where the
 * container itself must run. Nobody can keep the host from changing its own files; after an upgrade
 * of the host, or of a source by other means, {@link #rescan} tells which shared files changed.
 *
 * <p>A container that does not run is changed at once. One that runs is refused, or the change is
 * queued and made before its next start, see {@link WhenRunning}.
 *
 * <pre>{@code
 * sharing.share("web", List.of("/usr"), List.of("base_0"), WhenRunning.DEFER, OperationOptions.defaults());
 * }</pre>
 *
 * @implSpec Implementations are thread-safe, and safe against other processes that change the same
 *     containers. {@code OverlaySharingContract} in the {@code tests} artifact holds what is
 *     promised here.
 */
public interface OverlaySharing {
  /** Names the host's own root file system as a source. */
  String ESSENTIAL = "essential";

  /**
   * {@return what a container shares, and what is queued for it, sorted by directory}
   *
   * @param container its name
   * @throws InvalidArgumentException if the name is invalid
   * @throws NotFoundException if there is no such container
   */
  List<SharedDirectory> list(String container);

  /**
   * Says what {@link #share} would do, and touches nothing. The container may run; what it writes
   * meanwhile is kept.
   *
   * @param container its name
   * @param directories what to share
   * @param sources where from, the first one first
   * @param call who listens, and how long it may take
   * @return the figures
   * @throws OvercException as {@link #share} would, but for a container that runs
   */
  SharingResult plan(
      String container, List<String> directories, List<String> sources, OperationOptions call);

  /**
   * Shares directories of a container: all of them or none.
   *
   * @param container its name
   * @param directories what to share: directories of the container, none within another one
   * @param sources where from, the first one first
   * @param whenRunning what to do with a container that runs
   * @param call who listens, and how long it may take
   * @return what was saved, or that it is queued
   * @throws InvalidArgumentException if a name or a directory is invalid, or nothing is named
   * @throws NotFoundException if there is no such container, directory or source
   * @throws RefusedException if it cannot be shared as it is; says why and what to do
   * @throws BusyException if another operation changes the container or a source
   */
  SharingResult share(
      String container,
      List<String> directories,
      List<String> sources,
      WhenRunning whenRunning,
      OperationOptions call);

  /**
   * Says what {@link #stop} would do, and touches nothing.
   *
   * @param container its name
   * @param directories what to share no longer
   * @return the figures
   * @throws OvercException as {@link #stop} would, but for a container that runs
   */
  StopResult planStop(String container, List<String> directories);

  /**
   * Gives a container its own copy of what it shares: all of the directories or none. Needs space
   * on its disk; where that is not enough, nothing is changed.
   *
   * @param container its name
   * @param directories what to share no longer
   * @param whenRunning what to do with a container that runs
   * @param call who listens, and how long it may take
   * @return what was copied, or that it is queued
   * @throws InvalidArgumentException if a name or a directory is invalid, or nothing is named
   * @throws NotFoundException if there is no such container, or it does not share a directory
   * @throws RefusedException if a shared file is not in its source any more as it was, or there is
   *     not enough space; says what to do
   * @throws BusyException if another operation changes the container or a source
   */
  StopResult stop(
      String container, List<String> directories, WhenRunning whenRunning, OperationOptions call);

  /**
   * Makes what was queued for containers that do not run now. A change that fails does not stop the
   * others, and stays queued.
   *
   * @param call who listens, and how long it may take
   * @return one entry for each queued change, in the order in which they were queued
   */
  List<AppliedChange> applyPending(OperationOptions call);

  /**
   * Looks at the sources of a container again: tells which shared files changed or vanished there,
   * hides the names that only the sources have by now, and shares what has become identical.
   *
   * @param container its name; must not run
   * @param call who listens, and how long it may take
   * @return what was found
   * @throws NotFoundException if there is no such container, or a source is gone
   * @throws RefusedException if the container or a source runs
   * @throws BusyException if another operation changes the container or a source
   */
  RescanResult rescan(String container, OperationOptions call);
}
