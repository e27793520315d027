package io.overc.btrfs.operation;

import io.overc.btrfs.boot.BootChange;
import io.overc.btrfs.state.HostContext;
import io.overc.btrfs.state.HostState;
import io.overc.btrfs.state.Layout;
import io.overc.host.PackageChange;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.host.UpgradePlan;
import io.overc.host.UpgradePlan.Action;
import io.overc.host.UpgradePlan.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells what an upgrade would do. */
public final class Planner {
  private Planner() {}

  /** Makes the plan for a state that the guards have let pass. */
  public static UpgradePlan plan(
      HostContext host, HostState state, List<PackageChange> packages, UpgradeOptions options)
      throws IOException {
    if (packages.isEmpty() && !options.force()) {
      return new UpgradePlan(packages, List.of());
    }
    String slot = state.otherSlot();
    boolean onwards = state.pending() && options.pending() == PendingPolicy.CONTINUE;
    List<Action> actions = new ArrayList<>();
    if (state.pending() && !onwards) {
      actions.add(new Action(Kind.DELETE, state.next() + ", the pending root"));
    }
    actions.add(
        new Action(
            Kind.SNAPSHOT,
            (onwards ? state.next() : state.running()) + " as " + Layout.fresh(slot)));
    actions.add(new Action(Kind.UPGRADE, packages.size() + " packages in " + Layout.fresh(slot)));
    if (!onwards) {
      actions.add(new Action(Kind.SNAPSHOT, state.running() + " as " + Layout.BACKUP));
      for (BootChange change : host.bootFiles().changesOfBackup()) {
        actions.add(new Action(Kind.COPY, change.from().getFileName() + " to " + change.target()));
      }
    }
    actions.add(
        new Action(
            Kind.COPY, "the kernel files of the new root to the boot partition, if they differ"));
    actions.add(new Action(Kind.SWITCH, "the next boot from " + state.next() + " to " + slot));
    List.of(slot, Layout.BACKUP).stream()
        .filter(state::exists)
        .filter(name -> !(onwards && name.equals(Layout.BACKUP)))
        .map(name -> new Action(Kind.DELETE, "what was " + name + " until then"))
        .forEach(actions::add);
    return new UpgradePlan(packages, actions);
  }
}
