package io.overc.examples.overc;

import io.overc.host.UpgradeOptions.PendingPolicy;
import picocli.CommandLine.Option;

/** Says what to do if an upgrade is pending already: at most one of the two. */
final class PendingChoice {
  @Option(names = "--continue", description = "If an upgrade is pending, upgrade it further.")
  private boolean further;

  @Option(names = "--replace", description = "If an upgrade is pending, drop it and start anew.")
  private boolean replace;

  PendingPolicy policy() {
    if (further) {
      return PendingPolicy.CONTINUE;
    }
    return replace ? PendingPolicy.REPLACE : PendingPolicy.REFUSE;
  }
}
