package io.overc.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What runs on a host, what the next boot mounts, and what there is to go back to.
 *
 * @param phase where the host stands between upgrades
 * @param running the name of the running root
 * @param next the name of the root that the next boot mounts
 * @param backup the name of the root that the backup boot entry mounts; empty if the host was never
 *     upgraded
 * @param slots the roots between which upgrades switch, and the backup; those that exist
 * @param kernels the kernel files of the boot entries
 * @param lastSwitch the last upgrade, rollback or cancel and what the machine booted after it;
 *     empty if there was none
 * @param interrupted the operation that was interrupted; empty unless the phase is {@link
 *     Phase#INTERRUPTED}
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
   * @param phase where the host stands between upgrades
   * @param running the name of the running root
   * @param next the name of the root that the next boot mounts
   * @param backup the name of the root that the backup boot entry mounts
   * @param slots the roots between which upgrades switch, and the backup
   * @param kernels the kernel files of the boot entries
   * @param lastSwitch the last switch and what the machine booted after it
   * @param interrupted the operation that was interrupted
   */
  public HostStatus {
    slots = List.copyOf(slots);
    kernels = List.copyOf(kernels);
  }

  /**
   * A root.
   *
   * @param name its name
   * @param running whether it runs
   * @param next whether the next boot mounts it
   */
  public record Slot(String name, boolean running, boolean next) {}

  /**
   * A kernel file.
   *
   * @param name its name in the boot directory
   * @param bytes its size
   * @param modified when it was last written
   * @param backup whether the backup boot entry uses it
   */
  public record KernelFile(String name, long bytes, Instant modified, boolean backup) {}

  /**
   * What an operation decided for the next boot, and what was booted.
   *
   * @param operation {@code upgrade}, {@code rollback} or {@code cancel}
   * @param expected the root that the next boot was to mount
   * @param since when the operation was done, by the clock of this machine
   * @param outcome what was booted
   */
  public record LastSwitch(String operation, String expected, Instant since, BootOutcome outcome) {}

  /** Whether the machine booted what it was expected to. */
  public enum BootOutcome {
    /** The machine has not been booted since. */
    NOT_BOOTED_YET,
    /** The expected root runs. */
    BOOTED_AS_EXPECTED,
    /** Another root runs: the expected one did not come up, or another boot entry was chosen. */
    BOOTED_OTHER
  }
}
