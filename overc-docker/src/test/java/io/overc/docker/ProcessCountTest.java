package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.docker.engine.Labels;
import io.overc.event.OperationOptions;
import io.overc.exec.Command;
import io.overc.servicepack.ServicePackRunner;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of an operation are its cost. */
@DisplayName("an operation looks once before it changes anything, and once after a start")
class ProcessCountTest {
  private static final OperationOptions NONE = OperationOptions.defaults();
  private static final String LOOK = "container inspect";
  private static final String IMAGE = "image inspect";

  private final PlayedEngine engine = new PlayedEngine("web:1");
  private Config config = Config.empty();
  private ContainerDriver driver;
  private SnapshotStore snapshots;

  @BeforeEach
  void makeDriver(@TempDir Path directory) {
    config =
        Config.of(
            Map.of(
                "docker.lock-directory", directory.resolve("l").toString(), "docker.settle", "0s"));
    driver =
        DockerContainerDriver.builder()
            .config(config)
            .template(
                Template.builder("web", "docker").image("web:1").packageManager("apt").build())
            .commandRunner(engine)
            .build();
    snapshots = driver.snapshots();
    driver.activate("web", WhenActive.REFUSE, NONE);
  }

  /** Requires the processes that were started since this was called last. */
  private void started(String... calls) {
    assertThat(engine.calls()).containsExactly(calls);
  }

  @Test
  @DisplayName("of containers")
  void containers() {
    started(LOOK, IMAGE, "create", "rename", "start", LOOK);
    driver.activate("web", WhenActive.STOP, NONE);
    started(LOOK, IMAGE, "create", "commit", "stop", "rename", "rename", "start", LOOK, "rm");
    driver.upgrade("web", UpgradeSource.IMAGE, NONE);
    started(LOOK, IMAGE, "create", "commit", "stop", "rename", "rename", "start", LOOK, "rm");
    driver.start("web", NONE);
    started(LOOK);
    driver.stop("web", NONE);
    started(LOOK, "stop");
    driver.stop("web", NONE);
    started(LOOK);
    driver.start("web", NONE);
    started(LOOK, "start", LOOK);
    driver.status("web");
    started(LOOK);
    driver.list();
    started("ps");
    driver.delete("web", WhenActive.STOP, NONE);
    started(LOOK, "stop", "rm");
  }

  @Test
  @DisplayName("of packages, whose manager is asked twice and called once")
  void packages() {
    started(LOOK, IMAGE, "create", "rename", "start", LOOK);
    driver.upgrade("web", UpgradeSource.PACKAGES, NONE);
    started(LOOK, "exec", "exec", "commit", "create", "exec", LOOK, LOOK, "rm");
  }

  @Test
  @DisplayName("of services, however many containers they have")
  void services() {
    driver.delete("web", WhenActive.STOP, NONE);
    for (String component : List.of("back", "front")) {
      engine.run(
          Command.of("docker", "create", "--name", "svc-" + component)
              .arguments("--label", Labels.SERVICE + "=svc")
              .arguments("--label", Labels.COMPONENT + "=" + component, "image")
              .build());
    }
    engine.calls();
    ServicePackRunner runner =
        DockerServicePackRunner.builder().config(config).commandRunner(engine).build();
    runner.start("svc", NONE);
    started("ps", LOOK, "start", "start", "ps", LOOK);
    runner.list();
    started("ps", LOOK);
    runner.stop("svc", NONE);
    started("ps", LOOK, "stop", "stop");
    runner.remove("svc", NONE);
    started("ps", LOOK, "stop", "stop", "rm", "rm", "network");
  }

  @Test
  @DisplayName("of snapshots, and back to them")
  void snapshots() {
    started(LOOK, IMAGE, "create", "rename", "start", LOOK);
    SnapshotId id = snapshots.create("web", SnapshotOptions.defaults(), NONE).id();
    started(LOOK, "commit");
    snapshots.list("web");
    started("images", IMAGE);
    driver.rollback("web", NONE);
    started(
        LOOK, "images", IMAGE, IMAGE, "create", "stop", "rename", "rename", "start", LOOK, "rm");
    driver.rollback("web", id.text(), NONE);
    started(
        LOOK, "images", IMAGE, IMAGE, "create", "stop", "rename", "rename", "start", LOOK, "rm");
    snapshots.restore(id, "web", NONE);
    started(LOOK, IMAGE, IMAGE, "create", "stop", "rename", "rename", "start", LOOK, "rm");
    snapshots.restore(id, "other", NONE);
    started(LOOK, IMAGE, IMAGE, "create", IMAGE, "rename");
    snapshots.delete(id, NONE);
    started(IMAGE, LOOK, IMAGE, IMAGE, "rmi");
    snapshots.create("web", SnapshotOptions.defaults(), NONE);
    snapshots.create("web", SnapshotOptions.defaults(), NONE);
    started(LOOK, "commit", LOOK, "commit");
    snapshots.deleteAll("web", NONE);
    started(LOOK, LOOK, "images", IMAGE, IMAGE, "rmi", IMAGE, "rmi");
  }
}
