package io.overc.examples.overc;

import io.overc.examples.console.Console;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradePlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what an upgrade would do. */
@Command(name = "plan", description = "Show what an upgrade would do, and touch nothing.")
final class HostPlanCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--force"},
      description = "As if it were to upgrade although nothing is newer.")
  private boolean force;

  @ArgGroup private PendingChoice pending = new PendingChoice();

  HostPlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    UpgradeOptions options =
        UpgradeOptions.builder().force(force).pending(pending.policy()).build();
    UpgradePlan plan = console.overc().hostUpgrader().plan(options);
    return console.show(plan, out -> HostText.plan(plan, out));
  }
}
