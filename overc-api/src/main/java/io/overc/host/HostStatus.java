package io.overc.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says what runs on a host, what the next boot brings up, and what there is to go back to.
 *
 * @param phase where the host stands
 * @param running the name of the root that runs
 * @param next the name of the root the next boot brings up
 * @param backup the name of the root the backup boot entry brings up, if there is one
 * @param slots the roots that upgrades switch between, and the backup
 * @param kernels the kernel files at the boot entries' disposal
 * @param lastSwitch the last upgrade, rollback or cancel and what came of it at the next boot
 * @param interrupted the operation that was interrupted, if the phase says so
 */
public record HostStatus(
    Phase phase,
    String running,
    String next,
    Optional<String> backup,
    List<Slot> slots,
    List<KernelFile> kernels,
    Optional<LastSwitch> lastSwitch,
    Optional<String> interrupted) {

  /**
   * Copies the lists.
   *
   * @param phase where the host stands
   * @param running the name of the root that runs
   * @param next the name of the root the next boot brings up
   * @param backup the name of the root the backup boot entry brings up, if there is one
   * @param slots the roots that upgrades switch between, and the backup
   * @param kernels the kernel files at the boot entries' disposal
   * @param lastSwitch the last upgrade, rollback or cancel and what came of it at the next boot
   * @param interrupted the operation that was interrupted, if the phase says so
   */
  public HostStatus {
    slots = List.copyOf(slots);
    kernels = List.copyOf(kernels);
  }

  /**
   * Describes a root.
   *
   * @param name its name
   * @param running whether it runs
   * @param next whether the next boot brings it up
   */
  public record Slot(String name, boolean running, boolean next) {}

  /**
   * Describes a kernel file.
   *
   * @param name its file name
   * @param bytes its size
   * @param modified when it was last written
   * @param backup whether the backup boot entry uses it
   */
  public record KernelFile(String name, long bytes, Instant modified, boolean backup) {}

  /**
   * Tells what an operation meant to boot, and whether it did.
   *
   * @param operation what was done: {@code upgrade}, {@code rollback} or {@code cancel}
   * @param meant the root that was meant to come up at the next boot
   * @param since when the operation was done
   * @param outcome what came up
   */
  public record LastSwitch(String operation, String meant, Instant since, BootOutcome outcome) {}

  /** Says whether what was meant to boot did boot. */
  public enum BootOutcome {
    /** The machine has not been booted since. */
    NOT_BOOTED_YET,
    /** What was meant to boot runs. */
    AS_MEANT,
    /** Something else runs: the new root did not come up, or another entry was chosen. */
    OTHERWISE
  }
}
