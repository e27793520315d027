package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.btrfs.lab.DiskState;
import io.overc.btrfs.lab.HostDisk;
import io.overc.btrfs.lab.Lab;
import io.overc.btrfs.lab.LabPackage;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.host.HostUpgrader;
import io.overc.host.Phase;
import io.overc.host.RollbackOptions;
import io.overc.host.RollbackResult;
import io.overc.host.UpgradeOptions;
import io.overc.host.UpgradeResult;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A host under test: a disk in a laboratory, and what one wants to know about it. */
final class TestHost implements AutoCloseable {
  /** A file so small that btrfs keeps it among the metadata, and more of them than fit. */
  private static final int SMALL = 1500;

  private static final int MANY = 4000;

  private final Lab lab;
  private final Distribution distribution;
  private final HostDisk disk;
  private final DiskState pristine;
  private Distribution.Offer offer;

  private TestHost(Lab lab, Distribution distribution, HostDisk disk) {
    this.lab = lab;
    this.distribution = distribution;
    this.disk = disk;
    this.pristine = disk.save();
    this.offer = distribution.offer(disk.root());
  }

  static TestHost start(Function<Lab, Distribution> which) {
    return start(which, Lab::open);
  }

  static TestHost start(Function<Lab, Distribution> which, Supplier<Lab> labs) {
    Real.root();
    Real.tools("btrfs", "losetup", "sfdisk", "mke2fs", "mkfs.btrfs", "busybox");
    Lab lab = labs.get();
    try {
      Distribution distribution = which.apply(lab);
      HostDisk disk =
          HostDisk.create(
              lab, distribution.layout(), distribution.contents(LabPackage.fakeKernel("1")));
      return new TestHost(lab, distribution, disk);
    } catch (RuntimeException | Error e) {
      lab.close();
      throw e;
    }
  }

  /** Makes everything as it was in the beginning: version 1 runs, was never upgraded. */
  void reset() {
    disk.reset(pristine);
    offer = distribution.offer(disk.root());
  }

  Lab lab() {
    return lab;
  }

  HostDisk disk() {
    return disk;
  }

  Distribution.Offer offer() {
    return offer;
  }

  BtrfsHostUpgraderBuilder builder() {
    return distribution
        .configuration()
        .apply(BtrfsHostUpgrader.builder().root(disk.root()).boot(disk.boot()));
  }

  HostUpgrader upgrader() {
    return builder().build();
  }

  UpgradeResult upgrade() {
    return upgrader().upgrade(UpgradeOptions.defaults(), OperationOptions.defaults());
  }

  RollbackResult rollback() {
    return upgrader().rollback(RollbackOptions.defaults(), OperationOptions.defaults());
  }

  Phase phase() {
    return upgrader().status().phase();
  }

  /** Publishes packages and lets the host hear of them. */
  void publish(LabPackage... packages) {
    for (LabPackage each : packages) {
      offer.repository().publish(each);
    }
    upgrader().update(OperationOptions.of(event -> {}));
  }

  /** Returns what the program of the running root says: it must run, not only be there. */
  String version() {
    return lab.run("run the program", "chroot", disk.root().toString(), LabPackage.PROGRAM)
        .stdout()
        .strip()
        .replace("lab-program ", "");
  }

  /** Returns what a file in the boot partition says, or "missing". */
  String boot(String name) {
    return read(disk.boot().resolve(name));
  }

  /** Returns what a file below the top-level subvolume says, or "missing". */
  String top(String name) {
    return disk.atTop(top -> read(top.resolve(name)));
  }

  /** Writes a file below the top-level subvolume. */
  void writeAtTop(String name, String text) {
    disk.atTop(
        top -> {
          try {
            return Files.writeString(top.resolve(name), text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "missing";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns everything that decides what boots, so that two moments can be compared: the subvolumes
   * with their numbers, the default, every file of the roots, every file of the boot partition.
   * Without our own state, which may hold a lock file.
   */
  Map<String, String> everything() {
    Map<String, String> found = new TreeMap<>();
    disk.atTop(
        top -> {
          btrfs("list", top).forEach(line -> found.put(line.replaceAll(" gen \\d+", ""), ""));
          found.put(
              "default",
              btrfs("get-default", top).collect(Collectors.joining()).replaceAll(" gen \\d+", ""));
          describe(top, found);
          return found;
        });
    describe(disk.boot(), found);
    return found;
  }

  /** Returns what is not as it was, in words; empty if everything is. */
  List<String> changesSince(Map<String, String> before) {
    Map<String, String> now = everything();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(before.get(name), now.get(name)))
        .map(name -> "%s was %s, is %s".formatted(name, before.get(name), now.get(name)))
        .toList();
  }

  private Stream<String> btrfs(String verb, Path top) {
    return lab.run("look", "btrfs", "subvolume", verb, top).lines();
  }

  private void describe(Path directory, Map<String, String> found) {
    lab.run(
            "list the files",
            Command.of("find", directory.toString(), "-path", directory + "/.overc", "-prune")
                .arguments("-o", "!", "-type", "d", "-printf", "%H/%P|%s %T@ %m %l\\n")
                .outputLimit(64 << 20)
                .build())
        .lines()
        .map(line -> line.split("\\|", 2))
        .forEach(parts -> found.put(parts[0], parts[1]));
  }

  /** Fills a file system until nothing more fits: no data, and hardly a name. */
  static void fill(Path directory) {
    try {
      try (OutputStream filler = Files.newOutputStream(directory.resolve("filler"))) {
        byte[] block = new byte[1 << 16];
        while (true) {
          filler.write(block);
        }
      } catch (IOException e) {
        // Full.
      }
      for (int i = 0; i < MANY; i++) {
        Files.write(directory.resolve("filler-" + i), new byte[SMALL]);
      }
    } catch (IOException e) {
      // Full for small files too.
    }
  }

  /** Removes what {@link #fill} wrote. */
  void makeRoom(Path directory) {
    lab.run("make room", "find", directory, "-name", "filler*", "-delete");
    lab.run("commit", "sync", "--file-system", directory);
  }

  void assertNothingHalfDone() {
    disk.atTop(
        top -> {
          assertThat(top.resolve(".overc/journal")).doesNotExist();
          try (Stream<Path> entries = Files.list(top)) {
            assertThat(entries.map(path -> path.getFileName().toString()))
                .noneMatch(name -> name.endsWith(".new"));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return top;
        });
  }

  @Override
  public void close() {
    try {
      distribution.close();
      disk.close();
    } finally {
      lab.close();
    }
  }
}
