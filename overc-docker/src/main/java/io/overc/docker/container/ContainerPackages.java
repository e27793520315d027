package io.overc.docker.container;

import io.overc.docker.engine.Docker;
import io.overc.docker.engine.EngineContainers;
import io.overc.event.Operation;
import io.overc.host.PackageChange;
import io.overc.internal.packages.PackageManager;
import io.overc.internal.packages.PackageManagers;
import io.overc.internal.packages.PackageRoot;
import io.overc.internal.packages.RootKind;
import io.overc.spi.PackageUpgrades;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Upgrades the packages inside containers that run.
 *
 * @param configured the one of the template; empty for the one that is in the container
 */
record ContainerPackages(EngineContainers containers, Duration timeout, Optional<String> configured)
    implements PackageUpgrades {

  @Override
  public boolean needsRunning() {
    return true;
  }

  @Override
  public Session open(String name, Operation operation) {
    String mark = EngineContainers.mark();
    Set<String> present = configured.isPresent() ? Set.of() : programs(name);
    PackageManager manager =
        PackageManagers.inContainer(configured, name, one -> present.contains(one.program()));
    PackageRoot root =
        PackageRoot.container(
            RootKind.dockerExec(containers.docker().command(), List.of("--env", mark), name),
            name,
            timeout,
            command -> containers.exec(name, mark, command.build()));
    return new OneContainer(manager, root, operation);
  }

  /** Returns the programs of package managers that are in a container, by one call. */
  private Set<String> programs(String container) {
    Docker docker = containers.docker();
    String find = "for program; do command -v \"$program\" >/dev/null && echo \"$program\"; done";
    List<String> call =
        new ArrayList<>(List.of("exec", "--user", "0", container, "sh", "-c", find, "sh"));
    PackageManagers.all().forEach(manager -> call.add(manager.program()));
    return docker.run(docker.call(call).build()).lines().collect(Collectors.toUnmodifiableSet());
  }

  private final class OneContainer implements Session {
    private final PackageManager manager;
    private final PackageRoot root;
    private final Operation operation;

    OneContainer(PackageManager manager, PackageRoot root, Operation operation) {
      this.manager = manager;
      this.root = root;
      this.operation = operation;
    }

    @Override
    public List<PackageChange> newer() {
      manager.refresh(root, this::output);
      return manager.newer(root, this::output);
    }

    @Override
    public void upgrade() {
      containers
          .docker()
          .effects()
          .run("upgrade packages", () -> manager.upgrade(root, this::output));
    }

    @Override
    public void close() {}

    private void output(String line) {
      operation.output(manager.program(), line);
    }
  }
}
