package io.overc.internal.packages;

import io.overc.exec.Command;
import io.overc.host.PackageChange;
import io.overc.testkit.ScriptedCommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A root in which the tools answer as scripted. */
final class ScriptedRoot {
  static final Path PATH = Path.of("/top/rootfs_upgrade.new");

  private final ScriptedCommandRunner runner = new ScriptedCommandRunner();

  /** The root, reached in no special way. */
  final PackageRoot root = of(RootKind.host());

  PackageRoot of(RootKind kind, String... options) {
    return new PackageRoot(
        kind,
        "rootfs_upgrade.new",
        List.of(options),
        Duration.ofMinutes(7),
        command -> runner.run(command.build()),
        Optional.empty());
  }

  static PackageManager manager(String id) {
    return PackageManagers.all().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static PackageChange change(String name, String old, String now) {
    return new PackageChange(name, Optional.of(old), now);
  }

  /** Answers a command line that matches. */
  ScriptedRoot answer(String pattern, int exitCode, String stdout, String stderr) {
    runner.answer(
        pattern, command -> ScriptedCommandRunner.result(command, exitCode, stdout, stderr));
    return this;
  }

  ScriptedRoot answer(String pattern, String stdout) {
    return answer(pattern, 0, stdout, "");
  }

  List<PackageChange> newer(String id) {
    return manager(id).newer(root, line -> {});
  }

  void refresh(String id) {
    manager(id).refresh(root, line -> {});
  }

  void upgrade(String id) {
    manager(id).upgrade(root, line -> {});
  }

  List<String> lines() {
    return runner.lines();
  }

  Command last() {
    return runner.commands().get(runner.commands().size() - 1);
  }
}
