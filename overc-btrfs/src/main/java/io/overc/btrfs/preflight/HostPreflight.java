package io.overc.btrfs.preflight;

import io.overc.btrfs.fs.MountTable;
import io.overc.btrfs.preflight.Findings.Finding;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostSettings;
import io.overc.btrfs.state.HostState;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.host.Preflight;

/**
 * Checks every requirement: what files tell, and, if the host can be opened, what its disk tells.
 */
public final class HostPreflight {
  private HostPreflight() {}

  /** Checks a host that may not even be one; what cannot be opened is a broken requirement. */
  public static Preflight of(HostSettings settings) {
    Findings findings = new Findings();
    MachineChecks machine = new MachineChecks(settings, MountTable.read());
    machine.run(findings);
    try {
      if (machine.canOpen()) {
        try (HostContext host = HostContext.reading(settings)) {
          new DiskChecks(host, host.read()).run(findings);
        }
      }
    } catch (InterruptedOperationException e) {
      throw e;
    } catch (OvercException e) {
      String why = String.valueOf(e.getMessage());
      findings.check("disk", () -> Finding.broken(why, "fix this and retry"));
    }
    return findings.preflight();
  }

  /** Checks a host that is open. */
  static Preflight of(HostContext host, HostState state) {
    Findings findings = new Findings();
    new MachineChecks(host.settings(), MountTable.read()).run(findings);
    new DiskChecks(host, state).run(findings);
    return findings.preflight();
  }
}
