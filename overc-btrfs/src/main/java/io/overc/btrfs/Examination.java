package io.overc.btrfs;

import io.overc.btrfs.fs.MountTable;
import io.overc.error.OvercException;
import io.overc.host.Preflight;
import io.overc.host.UpgradeOptions.PendingPolicy;

/** Looks at the whole host: what files tell, and, if it can be opened, what its disk tells. */
final class Examination {
  private final Settings settings;
  private final MachineChecks machine;

  Examination(Settings settings) {
    this.settings = settings;
    this.machine = new MachineChecks(settings, MountTable.read());
  }

  /** Returns every requirement; a disk that cannot be opened is one that is broken. */
  Preflight preflight() {
    Checks checks = new Checks();
    machine.run(checks);
    try {
      if (machine.canOpen()) {
        HostMounts mounts = HostMounts.find(settings);
        try (Session session = Session.reading(settings, mounts)) {
          new DiskChecks(settings, mounts, session, session.read()).run(checks);
        }
      }
    } catch (OvercException e) {
      String why = String.valueOf(e.getMessage());
      checks.add("disk", () -> Checks.broken("disk", why, "mend that and try again"));
    }
    return new Preflight(checks.all());
  }

  /** Refuses a verb that would endanger the host, or that the host is not laid out for. */
  void guard(Session session, HostState state, PendingPolicy pending, String verb) {
    Guards.notInBackupMode(state, verb);
    if (pending == PendingPolicy.REFUSE) {
      Guards.nothingPending(state, verb);
    }
    Checks checks = new Checks();
    machine.run(checks);
    new DiskChecks(settings, HostMounts.find(settings), session, state).run(checks);
    Guards.passed(new Preflight(checks.all()));
  }
}
