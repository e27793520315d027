package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.event.Operation;
import io.overc.exec.CommandResult;
import io.overc.spi.ContainerPackages;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Upgrades the packages inside a container that runs. */
final class PackageUpgrade {
  private final Docker docker;
  private final SideEffects effects;
  private final Duration timeout;
  private final String container;
  private final Operation operation;

  PackageUpgrade(
      Docker docker, SideEffects effects, Duration timeout, String container, Operation operation) {
    this.docker = docker;
    this.effects = effects;
    this.timeout = timeout;
    this.container = container;
    this.operation = operation;
  }

  ContainerPackages manager(Optional<String> configured) {
    return ContainerPackages.of(configured, container, this::has);
  }

  boolean anythingNewer(ContainerPackages manager) {
    operation.step("look for newer packages");
    manager.require(exec(manager.refresh()), "refresh the package lists of " + container);
    return manager.newer(exec(manager.check()), container);
  }

  void upgrade(ContainerPackages manager) {
    operation.step("upgrade the packages");
    effects.run(
        "upgrade packages",
        () -> manager.require(exec(manager.upgrade()), "upgrade the packages of " + container));
  }

  private boolean has(ContainerPackages manager) {
    return exec(List.of("sh", "-c", "command -v \"$1\"", "sh", manager.program())).succeeded();
  }

  private CommandResult exec(List<String> program) {
    List<String> call = new ArrayList<>(List.of("exec", "--user", "0"));
    call.addAll(List.of("--env", "DEBIAN_FRONTEND=noninteractive", "--env", "LC_ALL=C", container));
    call.addAll(program);
    return docker.run(
        docker
            .call(call)
            .timeout(timeout)
            .lines(line -> operation.output(program.get(0), line))
            .build());
  }
}
