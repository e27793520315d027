package io.overc.btrfs;

import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import io.overc.exec.CommandResult;
import io.overc.host.HostUpgrader;
import io.overc.spi.SideEffects;
import io.overc.testkit.ChildJvm;
import io.overc.testkit.HostUpgraderAct;
import io.overc.testkit.HostUpgraderBench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A host on a real btrfs, for the contract of host upgraders. */
record BtrfsBench(TestHost host, Path archive) implements HostUpgraderBench {
  @Override
  public void reset() {
    host.reset();
  }

  @Override
  public HostUpgrader upgrader(SideEffects points) {
    return host.builder().effects(points).build();
  }

  @Override
  public void publish(String version) {
    List<LabPackage> packages = List.of(LabPackage.demo(version), LabPackage.fakeKernel(version));
    host.disk()
        .atTop(
            top -> {
              Stream.of("rootfs", "rootfs_upgrade")
                  .map(top::resolve)
                  .filter(Files::isDirectory)
                  .forEach(root -> packages.forEach(new SmartRepository(root)::publish));
              return top;
            });
  }

  @Override
  public void reboot() {
    host.disk().reboot();
  }

  @Override
  public void rebootIntoBackup() {
    host.disk().rebootIntoBackup();
  }

  @Override
  public String version() {
    return host.version();
  }

  @Override
  public String kernel() {
    return host.boot("bzImage").replace("kernel ", "");
  }

  @Override
  public Map<String, String> everything() {
    return host.everything();
  }

  @Override
  public Map<String, String> everythingButTheBackup() {
    Map<String, String> all = host.everything();
    all.keySet().removeIf(name -> name.contains("_bakup"));
    return all;
  }

  @Override
  public Optional<String> upgradeInAnotherProcess() {
    return Optional.of(
        host.lab()
            .run(
                "upgrade from another process",
                ChildJvm.of(
                        UpgradeMain.class,
                        host.disk().root().toString(),
                        host.disk().boot().toString())
                    .build())
            .stdout());
  }

  @Override
  public boolean kill(HostUpgraderAct operation, int point) {
    CommandResult result =
        HostVerb.valueOf(operation.name()).runKilled(host.disk(), point, archive);
    return result.exitCode() == ChildJvm.KILLED;
  }
}
