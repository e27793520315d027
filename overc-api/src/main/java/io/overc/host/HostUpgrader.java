package io.overc.host;

import io.overc.error.BusyException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.event.OperationOptions;
import java.util.List;

/**
 * Upgrades a host so that it can always go back.
 *
 * <p>The promise: at every instant, whatever is killed or loses power, at least one boot entry
 * boots a kernel with the root file system that belongs to it, and the backup entry is never left
 * half written. An upgrade happens in a copy of the running root; the next boot is switched to it
 * only when it is complete. What is written to the running root after the copy was made is not in
 * the upgraded one.
 *
 * <p>One operation at a time, across processes; another one is refused with {@link BusyException}.
 * Every verb that changes something recovers an interrupted operation first.
 *
 * @implSpec Implementations are thread-safe. {@code HostUpgraderContract} in the {@code tests}
 *     artifact holds what is promised here.
 */
public interface HostUpgrader {

  /**
   * Tells what runs, what the next boot brings up, and what there is to go back to.
   *
   * @return the status; nothing is changed
   * @throws RefusedException if the host is not laid out for this backend
   * @throws UnavailableException if a tool or a privilege is missing
   */
  HostStatus status();

  /**
   * Checks every requirement of an upgrade, all at once.
   *
   * @return what was found, each broken requirement with its cure; never throws for a broken one
   */
  Preflight preflight();

  /**
   * Refreshes the package lists of the running root.
   *
   * @param call who listens, and how long it may take
   * @throws OvercException if the package manager fails
   */
  void update(OperationOptions call);

  /**
   * Returns the packages for which there is something newer, as far as the package lists know.
   *
   * @return the packages; empty if everything is the newest
   */
  List<PackageChange> newer();

  /**
   * Says what {@link #upgrade} would do, and touches nothing.
   *
   * @param options how
   * @return the plan
   * @throws RefusedException if the upgrade would be refused
   */
  UpgradePlan plan(UpgradeOptions options);

  /**
   * Upgrades a copy of the running root, renews the backup, and switches the next boot to the copy.
   *
   * @param options how
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws RefusedException in backup mode, while an upgrade is pending (unless the options say
   *     otherwise), or if the preflight is broken; nothing was touched
   * @throws BusyException if another operation is running
   * @throws OvercException if it failed; the host boots as before
   */
  UpgradeResult upgrade(UpgradeOptions options, OperationOptions call);

  /**
   * Switches the next boot to the system as it was before the last upgrade.
   *
   * @param options how
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws RefusedException in backup mode, while anything is pending ({@link #cancel} is for
   *     that), or if there is no backup; nothing was touched
   * @throws BusyException if another operation is running
   * @throws OvercException if it failed; the host boots as before
   */
  RollbackResult rollback(RollbackOptions options, OperationOptions call);

  /**
   * Drops a pending upgrade or rollback: the next boot brings up what runs now.
   *
   * @param call who listens, and how long it may take
   * @return whether there was anything pending
   * @throws RefusedException in backup mode
   * @throws BusyException if another operation is running
   */
  boolean cancel(OperationOptions call);

  /**
   * Finishes or undoes an operation that was interrupted. Running it twice, or being killed in it,
   * is harmless.
   *
   * @param call who listens, and how long it may take
   * @return what was done
   * @throws BusyException if another operation is running
   */
  RecoveryResult recover(OperationOptions call);
}
