package io.overc.testkit;

import io.overc.host.HostStatus;
import io.overc.host.HostStatus.BootOutcome;
import io.overc.host.HostStatus.LastSwitch;
import io.overc.host.HostStatus.Slot;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.spi.SideEffects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A host in memory: its disk is one value, which {@link InMemoryHostUpgrader} exchanges. It shows
 * what the contract asks for without any tool.
 */
public final class InMemoryHost implements HostUpgraderBench {
  static final String ROOTFS = "rootfs";
  static final String UPGRADE = "rootfs_upgrade";
  static final String BACKUP = "rootfs_bakup";

  private final AtomicReference<@Nullable String> lock = new AtomicReference<>();
  private volatile Disk disk = Disk.pristine();
  private volatile String offered = "1";

  /** Makes a host on which version 1 runs. */
  public InMemoryHost() {}

  /**
   * What a power cut leaves.
   *
   * @param roots the version in each root
   * @param running the root that runs
   * @param next the root of the normal boot entry
   * @param kernels the version of each kernel by its file name
   * @param last the last switch and the root that it decided on
   * @param booted whether the host was booted after it
   * @param journal the operation under way
   */
  record Disk(
      Map<String, String> roots,
      String running,
      String next,
      Map<String, String> kernels,
      Optional<String> last,
      boolean booted,
      Optional<Journal> journal) {
    static Disk pristine() {
      return new Disk(
          Map.of(ROOTFS, "1"),
          ROOTFS,
          ROOTFS,
          Map.of("kernel", "1"),
          Optional.empty(),
          false,
          Optional.empty());
    }

    /** Returns the disk after a root was made and the next boot switched to it. */
    Disk switched(String operation, String slot, @Nullable String version, String kernel) {
      Map<String, String> now = new TreeMap<>(roots);
      if (version != null) {
        now.put(slot, version);
      }
      Map<String, String> kernelsNow = new TreeMap<>(kernels);
      kernelsNow.put("kernel", kernel);
      return new Disk(
          now, running, slot, kernelsNow, Optional.of(operation), false, Optional.empty());
    }

    /** Returns the disk with what runs as the backup. */
    Disk backedUp() {
      Map<String, String> now = new TreeMap<>(roots);
      now.put(BACKUP, version(running));
      Map<String, String> kernelsNow = new TreeMap<>(kernels);
      kernelsNow.put("kernel_bakup", version(running));
      return new Disk(now, running, next, kernelsNow, last, booted, journal);
    }

    Disk boot(String root) {
      return new Disk(roots, root, next, kernels, last, true, journal);
    }

    Disk with(@Nullable Journal entry) {
      return new Disk(roots, running, next, kernels, last, booted, Optional.ofNullable(entry));
    }

    String version(String root) {
      return roots.getOrDefault(root, "");
    }

    String otherSlot() {
      return running.equals(UPGRADE) ? ROOTFS : UPGRADE;
    }

    boolean pending() {
      return !running.equals(next) && !running.equals(BACKUP);
    }
  }

  /**
   * What recovery does with an operation under way.
   *
   * @param operation its name
   * @param committed whether it is finished, or undone
   * @param target the disk after that
   */
  record Journal(String operation, boolean committed, Disk target) {}

  Disk disk() {
    return disk;
  }

  void write(Disk now) {
    disk = now;
  }

  String offered() {
    return offered;
  }

  /** Locks the host, unless it is locked: then the holder is returned. */
  Optional<String> lock(String operation) {
    String holder = "pid " + ProcessHandle.current().pid() + ": " + operation;
    return lock.compareAndSet(null, holder)
        ? Optional.empty()
        : Optional.of(String.valueOf(lock.get()));
  }

  void unlock() {
    lock.set(null);
  }

  HostStatus status() {
    Disk now = disk;
    boolean interrupted = now.journal().isPresent() && lock.get() == null;
    return new HostStatus(
        interrupted ? Phase.INTERRUPTED : phase(now),
        now.running(),
        now.next(),
        Optional.of(BACKUP).filter(now.roots()::containsKey),
        now.roots().keySet().stream()
            .map(root -> new Slot(root, root.equals(now.running()), root.equals(now.next())))
            .toList(),
        List.of(),
        now.last().map(last -> new LastSwitch(last, now.next(), Instant.EPOCH, outcome(now))),
        now.journal().filter(entry -> interrupted).map(Journal::operation));
  }

  private static Phase phase(Disk disk) {
    if (disk.running().equals(BACKUP)) {
      return Phase.BACKUP_MODE;
    }
    if (!disk.pending()) {
      return Phase.CLEAN;
    }
    return disk.last().filter("rollback"::equals).isPresent()
        ? Phase.ROLLBACK_PENDING
        : Phase.UPGRADE_PENDING;
  }

  private static BootOutcome outcome(Disk disk) {
    if (!disk.booted()) {
      return BootOutcome.NOT_BOOTED_YET;
    }
    return disk.running().equals(disk.next())
        ? BootOutcome.BOOTED_AS_EXPECTED
        : BootOutcome.BOOTED_OTHER;
  }

  @Override
  public void reset() {
    disk = Disk.pristine();
    offered = "1";
    lock.set(null);
  }

  @Override
  public HostUpgrader upgrader(SideEffects points) {
    return new InMemoryHostUpgrader(this, points);
  }

  @Override
  public void publish(String version) {
    offered = version;
  }

  @Override
  public void reboot() {
    disk = disk.boot(disk.next());
  }

  @Override
  public void rebootIntoBackup() {
    disk = disk.boot(BACKUP);
  }

  @Override
  public String version() {
    return disk.version(disk.running());
  }

  @Override
  public String kernel() {
    return disk.kernels().getOrDefault("kernel", "");
  }

  @Override
  public Map<String, String> everything() {
    Map<String, String> all = new TreeMap<>(disk.roots());
    all.putAll(disk.kernels());
    all.put("running", disk.running());
    all.put("next", disk.next());
    all.put("journal", String.valueOf(disk.journal().isPresent()));
    return all;
  }

  @Override
  public Map<String, String> everythingButTheBackup() {
    Map<String, String> all = everything();
    all.keySet().removeIf(name -> name.contains("_bakup"));
    return all;
  }

  /** The operation ends as if its process were gone: nothing catches this but the bench. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public boolean kill(HostUpgraderAct operation, int point) {
    int[] passed = {0};
    SideEffects killing =
        new SideEffects() {
          @Override
          public <E extends Exception> void run(String name, Action<E> action) throws E {
            pass();
            action.run();
            pass();
          }

          private void pass() {
            if (passed[0]++ == point) {
              throw new Killed();
            }
          }
        };
    try {
      operation.run(upgrader(killing), io.overc.event.OperationOptions.defaults());
      return false;
    } catch (Killed e) {
      lock.set(null);
      return true;
    }
  }
}
