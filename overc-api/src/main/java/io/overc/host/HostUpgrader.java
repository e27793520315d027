package io.overc.host;

import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.error.UnavailableException;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import java.util.List;

/**
 * Upgrades a host so that it can always go back.
 *
 * <pre>{@code
 * HostUpgrader host = Overc.load().hostUpgrader();
 * OperationOptions call = OperationOptions.of(event -> log.info("{}", event));
 * host.update(call);
 * if (!host.availableUpdates().isEmpty()) {
 *   UpgradeResult result =
 *       host.upgrade(UpgradeOptions.builder().reboot(true).build(), call);
 *   log.info("{} packages changed", result.packages().size());
 * }
 * // And after the reboot, if something does not work:
 * host.rollback(RollbackOptions.builder().reboot(true).build(), call);
 * }</pre>
 *
 * <p>The promise: at every instant, whatever is killed or loses power, at least one boot entry
 * boots a kernel with the root file system that belongs to it, and the backup entry is never left
 * half written. An upgrade happens in a copy of the running root; the next boot is switched to it
 * only when it is complete. What is written to the running root after the copy was made is not in
 * the upgraded one.
 *
 * <p>One operation at a time, across processes; another one is refused with {@link BusyException}.
 * Every operation that changes something first recovers one that was interrupted.
 *
 * <p>Failure and cancellation: an operation that fails, or is {@linkplain OperationOptions
 * cancelled} by an interrupt, its deadline or the end of the JVM, before the next boot is switched,
 * leaves the host as it was: nothing it started runs, nothing it mounted or made is left, except
 * that the backup may already be a copy of the running root; and the exception is thrown. From the
 * switch of the next boot on, it is finished and returns what it did; a thread that was interrupted
 * meanwhile still has its interrupt flag. The methods without {@link OperationOptions} can be
 * cancelled by an interrupt. Each throws {@link InterruptedOperationException} then.
 *
 * <p>A guard that refuses throws {@link RefusedException} before anything is touched; {@link
 * RefusedException#guard} tells which one. Arguments and results are never null.
 *
 * @implSpec Implementations are thread-safe and report an operation by {@link
 *     io.overc.event.Operation}, of the {@code HOST} kind of the method. {@code
 *     HostUpgraderContract} in the {@code tests} artifact holds what is promised here.
 */
public interface HostUpgrader {
  /**
   * Tells what runs, what the next boot mounts, and what there is to go back to. Changes nothing,
   * and can be called while an operation runs.
   *
   * @return the status
   * @throws RefusedException of {@link RefusedException.Guard#PREFLIGHT} if there is no host of
   *     this kind
   * @throws UnavailableException if a tool or a privilege is missing
   */
  HostStatus status();

  /**
   * Checks every requirement of an upgrade, all at once. Changes nothing.
   *
   * @return what was found, each broken requirement with its fix; a check that cannot be made
   *     counts as broken
   */
  Preflight preflight();

  /**
   * Refreshes the package lists of the running root, and of the pending one if there is one.
   *
   * @param call the listener and the deadline
   * @throws RefusedException in backup mode
   * @throws BusyException if another operation is running
   * @throws OvercException if the package manager fails
   */
  void update(OperationOptions call);

  /**
   * {@return the packages for which there is a newer version, as far as the package lists know:
   * what an upgrade of the running root would change}
   *
   * @throws RefusedException as {@link #status}
   * @throws OvercException if the package manager fails
   */
  List<PackageChange> availableUpdates();

  /**
   * Tells what {@link #upgrade} with the same options would do. Changes nothing.
   *
   * @param options how it would be upgraded
   * @return the plan
   * @throws RefusedException if the upgrade would be refused, or an operation was interrupted
   */
  UpgradePlan plan(UpgradeOptions options);

  /**
   * Upgrades a copy of the running root, renews the backup, and switches the next boot to the copy.
   *
   * @param options how
   * @param call the listener and the deadline
   * @return what was done, also if an error past the switch had to be repaired
   * @throws RefusedException in backup mode, while something is pending (unless the options allow
   *     it), or if a requirement is broken; the guards are {@link
   *     RefusedException.Guard#BACKUP_MODE}, {@link RefusedException.Guard#PENDING} and {@link
   *     RefusedException.Guard#PREFLIGHT}
   * @throws BusyException if another operation is running
   * @throws VerificationException if what an interrupted operation wrote is damaged
   * @throws OvercException if it failed; the host boots as before
   */
  UpgradeResult upgrade(UpgradeOptions options, OperationOptions call);

  /**
   * Switches the next boot to the system as it was before the last upgrade.
   *
   * @param options how
   * @param call the listener and the deadline
   * @return what was done, also if an error past the switch had to be repaired
   * @throws RefusedException in backup mode, while anything is pending ({@link #cancel} is for
   *     that), if a requirement is broken, or if there is no backup; the guards are {@link
   *     RefusedException.Guard#BACKUP_MODE}, {@link RefusedException.Guard#PENDING}, {@link
   *     RefusedException.Guard#PREFLIGHT} and {@link RefusedException.Guard#NO_BACKUP}
   * @throws BusyException if another operation is running
   * @throws VerificationException if what an interrupted operation wrote is damaged
   * @throws OvercException if it failed; the host boots as before
   */
  RollbackResult rollback(RollbackOptions options, OperationOptions call);

  /**
   * Drops a pending upgrade or rollback: the next boot mounts the running root.
   *
   * @param call the listener and the deadline
   * @return whether anything was pending
   * @throws RefusedException of {@link RefusedException.Guard#BACKUP_MODE} in backup mode
   * @throws BusyException if another operation is running
   * @throws VerificationException if what an interrupted operation wrote is damaged
   */
  boolean cancel(OperationOptions call);

  /**
   * Finishes or undoes an operation that was interrupted. Running it twice, or being killed in it,
   * is harmless. Once begun it is finished even if it is cancelled.
   *
   * @param call the listener and the deadline
   * @return what was done
   * @throws BusyException if another operation is running
   * @throws VerificationException if what the interrupted operation wrote is damaged
   */
  RecoveryResult recover(OperationOptions call);
}
