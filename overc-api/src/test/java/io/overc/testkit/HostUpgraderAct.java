package io.overc.testkit;

import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;

/** The operations that switch the next boot, each with what makes it possible. */
public enum HostUpgraderAct {
  /** The first upgrade. */
  UPGRADE(Phase.CLEAN, Phase.UPGRADE_PENDING),
  /** An upgrade of what is pending. */
  CONTINUE(Phase.UPGRADE_PENDING, Phase.UPGRADE_PENDING),
  /** A rollback to the backup. */
  ROLLBACK(Phase.CLEAN, Phase.ROLLBACK_PENDING),
  /** A cancel of a pending upgrade. */
  CANCEL(Phase.UPGRADE_PENDING, Phase.CLEAN);

  private final Phase before;
  private final Phase after;

  HostUpgraderAct(Phase before, Phase after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Returns the kind of its events.
   *
   * @return the kind
   */
  public OperationKind kind() {
    return switch (this) {
      case UPGRADE, CONTINUE -> OperationKind.HOST_UPGRADE;
      case ROLLBACK -> OperationKind.HOST_ROLLBACK;
      case CANCEL -> OperationKind.HOST_CANCEL;
    };
  }

  Phase before() {
    return before;
  }

  Phase after() {
    return after;
  }

  /** Brings a host from the beginning to where this is possible. */
  void prepare(HostUpgraderBench bench) {
    bench.reset();
    bench.publish("2");
    if (this == UPGRADE) {
      return;
    }
    bench
        .upgrader(io.overc.spi.SideEffects.direct())
        .upgrade(UpgradeOptions.defaults(), OperationOptions.defaults());
    if (this == ROLLBACK) {
      bench.reboot();
    }
    if (this == CONTINUE) {
      bench.publish("3");
    }
  }

  /**
   * Does it.
   *
   * @param host the upgrader
   * @param call the listener and the deadline
   * @return its result
   */
  public Object run(HostUpgrader host, OperationOptions call) {
    return switch (this) {
      case UPGRADE -> host.upgrade(UpgradeOptions.defaults(), call);
      case CONTINUE ->
          host.upgrade(UpgradeOptions.builder().pending(PendingPolicy.CONTINUE).build(), call);
      case ROLLBACK -> host.rollback(RollbackOptions.defaults(), call);
      case CANCEL -> host.cancel(call);
    };
  }
}
