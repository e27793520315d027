package io.overc.examples.overc;

import io.overc.examples.console.Console;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Upgrades the host. */
@Command(
    name = "upgrade",
    description = "Upgrade a copy of the running system and switch the next boot to it.")
final class HostUpgradeCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "-r", description = "Reboot when all is done.")
  private boolean reboot;

  @Option(
      names = {"-f", "--force"},
      description = "Upgrade although nothing is newer.")
  private boolean force;

  @Option(
      names = "--keep-failed",
      description = "Keep the copy if the package manager fails, to look into it.")
  private boolean keepFailed;

  @ArgGroup private PendingChoice pending = new PendingChoice();

  HostUpgradeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    UpgradeOptions options =
        UpgradeOptions.builder()
            .force(force)
            .keepFailed(keepFailed)
            .reboot(reboot)
            .pending(pending.policy())
            .build();
    UpgradeResult result = console.overc().hostUpgrader().upgrade(options, console.call());
    return console.show(result, out -> HostText.upgrade(result, out));
  }
}
