package io.overc.examples.benchmarks;

import io.overc.btrfs.BtrfsHostUpgrader;
import io.overc.btrfs.lab.BusyboxRoot;
import io.overc.btrfs.lab.DiskLayout;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.btrfs.lab.SmartRepository;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.host.HostUpgrader;
import io.overc.host.UpgradeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Upgrades a host beside a shell script of the same bare commands, each on a disk of its own. The
 * package manager is a stand-in that takes a few milliseconds, and its time is taken off both.
 */
final class HostUpgradeBenchmark implements Benchmark {
  private static final String PROCESS = "jdk.ProcessStart";

  @Override
  public String name() {
    return "host-upgrade";
  }

  @Override
  public String summary() {
    return "upgrade a btrfs host: BtrfsHostUpgrader beside a script of the bare commands (root)";
  }

  @Override
  public List<Result> run(Operation operation) throws Exception {
    operation.step("make two disks");
    try (Lab lab = Lab.open();
        HostDisk ours = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"));
        HostDisk peer = HostDisk.create(lab, DiskLayout.small(), new BusyboxRoot("1"))) {
      Path script = script(lab);
      Path managerTook = lab.newPath("manager-took");
      HostUpgrader host = BtrfsHostUpgrader.builder().root(ours.root()).boot(ours.boot()).build();
      List<Long> manager = new ArrayList<>();
      operation.step("upgrade both, turn by turn");
      Duel.Medians medians =
          new Duel(20, 41)
              .run(
                  () ->
                      upgrade(
                          ours,
                          () ->
                              host.upgrade(UpgradeOptions.defaults(), OperationOptions.defaults())),
                  () -> {
                    long took = upgrade(peer, () -> bare(lab, script, peer, managerTook));
                    manager.add(Long.parseLong(Files.readString(managerTook).strip()));
                    return took;
                  });
      operation.step("count the processes of one upgrade");
      long processes = processes(lab, ours, host, operation);
      double off = Duel.median(manager);
      return List.of(
          Result.ratio(
              "host upgrade without the package manager",
              medians.ours() - off,
              "script",
              medians.peer() - off,
              1.2),
          Result.count("processes of one host upgrade", processes, "processes", 5));
    }
  }

  /** Offers something newer, upgrades, reboots into it; only the upgrade counts. */
  private static long upgrade(HostDisk disk, Duel.Action action) throws Exception {
    String next = Integer.toString(version(disk) + 1);
    SmartRepository repository = new SmartRepository(disk.root());
    repository.publish(LabPackage.demo(next));
    repository.publish(LabPackage.fakeKernel(next));
    long took = Duel.time(action);
    disk.reboot();
    if (version(disk) != Integer.parseInt(next)) {
      throw new IllegalStateException("version " + next + " did not come up");
    }
    return took;
  }

  private static int version(HostDisk disk) throws IOException {
    Path file = disk.root().resolve(LabPackage.VERSION_FILE.substring(1));
    return Integer.parseInt(Files.readString(file).strip());
  }

  /** A script needs a process builder, not a shell string: it costs what a script costs. */
  private static void bare(Lab lab, Path script, HostDisk disk, Path managerTook)
      throws IOException, InterruptedException {
    Path log = lab.newPath("script-log");
    List<String> arguments =
        List.of(
            "sh",
            script.toString(),
            disk.root().toString(),
            disk.boot().toString(),
            disk.rootDevice().toString(),
            managerTook.toString());
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    if (builder.start().waitFor() != 0) {
      throw new IllegalStateException("the script failed: " + Files.readString(log));
    }
  }

  private static Path script(Lab lab) throws IOException {
    Path script = lab.newPath("upgrade.sh");
    try (InputStream resource = HostUpgradeBenchmark.class.getResourceAsStream("bare-upgrade.sh")) {
      if (resource == null) {
        throw new IllegalStateException("bare-upgrade.sh is missing");
      }
      Files.copy(resource, script);
    }
    return script;
  }

  /**
   * Counts the processes this JVM starts; not what the package manager starts. With {@code
   * --verbose} they are shown, and how long each step took.
   */
  private static long processes(Lab lab, HostDisk disk, HostUpgrader host, Operation operation)
      throws Exception {
    Path file = lab.newPath("processes.jfr");
    Listener steps =
        event -> {
          if (event instanceof Event.StepFinished step) {
            operation.output(
                "step", step.title() + " " + Result.time((double) step.took().toNanos()));
          }
        };
    try (Recording recording = new Recording()) {
      recording.enable(PROCESS);
      upgrade(
          disk,
          () -> {
            recording.start();
            host.upgrade(UpgradeOptions.defaults(), OperationOptions.of(steps));
            recording.stop();
          });
      recording.dump(file);
    }
    long count = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      // The operations of OverC are recorded too.
      if (event.getEventType().getName().equals(PROCESS)) {
        operation.output("process", event.getString("command"));
        count++;
      }
    }
    return count;
  }
}
