package io.overc.btrfs;

import io.overc.config.Config;
import io.overc.error.OvercException;
import io.overc.event.OperationOptions;
import io.overc.host.UpgradeOptions;
import java.nio.file.Path;
import java.util.Map;

/** Tries to upgrade a host from a process of its own, and prints what came of it. */
final class UpgradeMain {
  private UpgradeMain() {}

  /** Takes where the root and the boot partition are mounted. */
  public static void main(String[] arguments) {
    try {
      System.out.println(
          new BtrfsHostUpgraderProvider()
              .availability(Config.of(Map.of("btrfs.root", arguments[0])))
              .reason());
      System.out.println(
          BtrfsHostUpgrader.builder()
              .root(Path.of(arguments[0]))
              .boot(Path.of(arguments[1]))
              .build()
              .upgrade(UpgradeOptions.defaults(), OperationOptions.defaults()));
    } catch (OvercException e) {
      System.out.println(e);
    }
  }
}
