package io.overc.btrfs.packages;

import io.overc.exec.Command;
import io.overc.exec.CommandBuilder;
import io.overc.exec.CommandResult;
import io.overc.testkit.ScriptedCommandRunner;
import java.nio.file.Path;

/** A root in which the tools answer as scripted. */
final class ScriptedRoot implements Root {
  private final ScriptedCommandRunner runner = new ScriptedCommandRunner();

  ScriptedRoot answer(String pattern, String stdout) {
    runner.answer(pattern, stdout);
    return this;
  }

  ScriptedRoot fail(String pattern, int exitCode, String stderr) {
    runner.fail(pattern, exitCode, stderr);
    return this;
  }

  java.util.List<String> lines() {
    return runner.lines();
  }

  Command last() {
    return runner.commands().get(runner.commands().size() - 1);
  }

  @Override
  public Path files() {
    return path();
  }

  @Override
  public Path path() {
    return Path.of("/top/rootfs_upgrade.new");
  }

  @Override
  public CommandResult run(CommandBuilder command) {
    return runner.run(command.build());
  }
}
