package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.docker.engine.Labels;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.VerificationException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("labels that anybody may set damage what has them, and nothing else")
class DamagedLabelsIT {
  private static final OperationOptions CALL = OperationOptions.defaults();
  private static final String SNAPSHOT = "io.overc.snapshot";

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final String web = bench.name("web");
  private final List<String> crafted = new ArrayList<>();
  private final ContainerDriver driver =
      DockerContainerDriver.of(
          engine.config("template.t.docker-command", "sleep 1000"),
          Template.builder("t", "docker").image(engine.base()).build());

  @AfterEach
  void close() {
    driver.snapshots().deleteAll(web, CALL);
    crafted.forEach(image -> engine.docker("rmi", "--force", image));
    bench.close();
  }

  private void snapshot(String tag, String created, String comment) {
    String image = "overc-snapshot:" + tag;
    crafted.add(image);
    engine.must(
        "commit",
        "--change",
        "LABEL " + SNAPSHOT + "=" + web,
        "--change",
        "LABEL " + SNAPSHOT + ".created=" + created,
        "--change",
        "LABEL " + SNAPSHOT + ".comment=" + comment,
        web,
        image);
  }

  @Test
  @DisplayName("of snapshots: the list, the rollback and the deletion go on with the others")
  void snapshots() {
    driver.activate(web, WhenActive.STOP, CALL);
    SnapshotId good = driver.snapshots().create(web, SnapshotOptions.defaults(), CALL).id();
    snapshot(web + "-a", "yesterday", "");
    snapshot(web + "-b", "+1000000000-12-31T23:59:59Z", "");
    snapshot(web + "-c", "2026-11-26T10:00:00Z", "c%zz");
    snapshot("_" + web, "2026-11-26T10:00:00Z", "");
    assertThat(driver.snapshots().list(web)).extracting(Snapshot::id).containsExactly(good);
    assertThat(driver.snapshots().damaged(web))
        .extracting(DamagedSnapshot::id)
        .containsExactlyInAnyOrder(
            SnapshotId.of(web + "-a"), SnapshotId.of(web + "-b"), SnapshotId.of(web + "-c"));
    driver.rollback(web, CALL);
    driver.snapshots().delete(SnapshotId.of(web + "-a"), CALL);
    assertThatThrownBy(() -> driver.rollback(web, web + "-b", CALL)).hasMessageContaining(web);
    driver.snapshots().deleteAll(web, CALL);
    assertThat(driver.snapshots().list(web)).isEmpty();
  }

  @Test
  @DisplayName("of services: the list has the others, and the damaged one can be removed")
  void services() {
    ServicePackRunner runner = bench.runner();
    runner.build(
        Workbench.pack("notes"), bench.image("i"), BuildPhase.ALL, BuildOptions.defaults(), CALL);
    runner.run(bench.image("i"), bench.name("good"), CALL);
    int count = 0;
    for (String label :
        List.of(
            Labels.ENVIRONMENT + "=no variable",
            Labels.ENVIRONMENT + "=%zz",
            Labels.PORTS + "=http",
            Labels.PORTS + "=99999/tcp",
            Labels.PACK + "=%",
            Labels.COMPONENTS + "=,,-",
            Labels.OWNER + "=:::",
            Labels.IMAGE + "=\u001b]52;c;x\u0007")) {
      String name = bench.name("bad" + count++);
      engine.must(
          "create",
          "--name",
          name,
          "--network",
          "none",
          "--label",
          Labels.MARK + "=0",
          "--label",
          Labels.SERVICE + "=" + name,
          "--label",
          label,
          engine.base(),
          "true");
    }
    assertThat(runner.list()).extracting(ServiceStatus::name).contains(bench.name("good"));
    assertThat(runner.list())
        .extracting(ServiceStatus::image)
        .noneMatch(image -> image.contains("\u001b") || image.contains("\u0007"));
    assertThatThrownBy(() -> runner.status(bench.name("bad0")))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(Labels.ENVIRONMENT);
    for (int i = 0; i < count; i++) {
      runner.remove(bench.name("bad" + i), CALL);
    }
    runner.remove(bench.name("good"), CALL);
  }
}
