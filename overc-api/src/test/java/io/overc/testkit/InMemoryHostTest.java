package io.overc.testkit;

/** The contract of host upgraders, on a host in memory. */
class InMemoryHostTest extends HostUpgraderContract {
  private final InMemoryHost host = new InMemoryHost();

  @Override
  protected HostUpgraderBench bench() {
    return host;
  }
}
