package io.overc.btrfs;

import io.overc.btrfs.lab.HostDisk;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.exec.CommandResult;
import io.overc.exec.CommandRunner;
import io.overc.host.HostUpgrader;
import io.overc.host.RollbackOptions;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeOptions.PendingPolicy;
import io.overc.spi.SideEffects;
import io.overc.testkit.FaultInjector;
import io.overc.testkit.FaultInjector.Fault;
import java.nio.file.Path;
import java.time.Duration;

/** A verb that changes a host, to be run here or in a JVM of its own that is killed in it. */
enum HostVerb {
  UPGRADE,
  CONTINUE,
  REPLACE,
  ROLLBACK,
  CANCEL,
  RECOVER;

  void run(Path root, Path boot, SideEffects effects) {
    HostUpgrader host = BtrfsHostUpgrader.builder().root(root).boot(boot).effects(effects).build();
    switch (this) {
      case UPGRADE -> upgrade(host, PendingPolicy.REFUSE);
      case CONTINUE -> upgrade(host, PendingPolicy.CONTINUE);
      case REPLACE -> upgrade(host, PendingPolicy.REPLACE);
      case ROLLBACK -> host.rollback(RollbackOptions.defaults(), OperationOptions.defaults());
      case CANCEL -> host.cancel(OperationOptions.defaults());
      case RECOVER -> host.recover(OperationOptions.defaults());
    }
  }

  private static void upgrade(HostUpgrader host, PendingPolicy policy) {
    host.upgrade(UpgradeOptions.builder().pending(policy).build(), OperationOptions.defaults());
  }

  /** Runs the verb in another JVM that kills itself at a point. */
  CommandResult runKilled(HostDisk disk, int point, Path archive) {
    return CommandRunner.system()
        .run(
            Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .arguments("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
                .arguments("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=off")
                .arguments("-cp", System.getProperty("java.class.path"))
                .arguments(Killed.class.getName(), name())
                .argument(disk.root())
                .argument(disk.boot())
                .arguments(Integer.toString(point))
                .timeout(Duration.ofMinutes(2))
                .build());
  }

  /** Makes an archive of loaded classes, so that the JVMs that are killed start sooner. */
  static void archiveClasses(Path archive) {
    CommandRunner.system()
        .run(
            Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .arguments("-XX:ArchiveClassesAtExit=" + archive)
                .arguments("-cp", System.getProperty("java.class.path"))
                .arguments(Killed.class.getName())
                .build());
  }

  /** The other JVM. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) {
      if (arguments.length == 0) {
        FaultInjector.recording();
        BtrfsHostUpgrader.builder().build().preflight();
        return;
      }
      HostVerb.valueOf(arguments[0])
          .run(
              Path.of(arguments[1]),
              Path.of(arguments[2]),
              FaultInjector.at(Fault.KILL, Integer.parseInt(arguments[3])));
    }
  }
}
