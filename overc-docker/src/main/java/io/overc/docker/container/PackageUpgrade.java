package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageManagers;
import io.overc.internal.packages.PackageRoot;
import io.overc.internal.packages.RootKind;
import io.overc.spi.SideEffects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Upgrades the packages inside a container that runs. */
final class PackageUpgrade {
  private final PackageManager manager;
  private final PackageRoot root;
  private final SideEffects effects;
  private final Operation operation;

  private PackageUpgrade(
      PackageManager manager, PackageRoot root, SideEffects effects, Operation operation) {
    this.manager = manager;
    this.root = root;
    this.effects = effects;
    this.operation = operation;
  }

  /** Finds the package manager of a container; empty for the one that is in the container. */
  static PackageUpgrade of(
      EngineContainers containers,
      Duration timeout,
      String container,
      Optional<String> configured,
      Operation operation) {
    Docker docker = containers.docker();
    String mark = EngineContainers.mark();
    Set<String> present = configured.isPresent() ? Set.of() : programs(docker, container);
    PackageManager manager =
        PackageManagers.inContainer(configured, container, one -> present.contains(one.program()));
    PackageRoot root =
        PackageRoot.container(
            RootKind.dockerExec(docker.command(), List.of("--env", mark), container),
            container,
            timeout,
            command -> containers.exec(container, mark, command.build()));
    return new PackageUpgrade(manager, root, docker.effects(), operation);
  }

  List<PackageChange> newer() {
    operation.step("look for newer packages");
    manager.refresh(root, this::output);
    return manager.newer(root, this::output);
  }

  void upgrade() {
    operation.step("upgrade the packages");
    effects.run("upgrade packages", () -> manager.upgrade(root, this::output));
  }

  private void output(String line) {
    operation.output(manager.program(), line);
  }

  /** Returns the programs of package managers that are in a container, by one call. */
  private static Set<String> programs(Docker docker, String container) {
    String[] call =
        Stream.concat(
                Stream.of(
                    "exec",
                    "--user",
                    "0",
                    container,
                    "sh",
                    "-c",
                    "for program; do command -v \"$program\" >/dev/null && echo \"$program\"; done",
                    "sh"),
                PackageManagers.all().stream().map(PackageManager::program))
            .toArray(String[]::new);
    return docker.run(call).lines().collect(Collectors.toUnmodifiableSet());
  }
}
