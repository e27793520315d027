package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.docker.engine.Digest;
import io.overc.docker.engine.Labels;
import io.overc.docker.testkit.TestEngine;
import io.overc.error.BusyException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.BuildPhase;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceState;
import io.overc.servicepack.ServiceStatus;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what only has a name or a label of ours is not ours, and stays")
class ForeignNamesIT {
  private static final OperationOptions CALL = OperationOptions.defaults();

  private final TestEngine engine = TestEngine.shared();
  private final Workbench bench = new Workbench(engine);
  private final String web = bench.name("web");
  private final ContainerDriver driver =
      DockerContainerDriver.of(
          engine.config("template.t.docker-command", "sleep 1000"),
          Template.builder("t", "docker").image(engine.base()).build());

  @AfterEach
  void close() {
    driver.snapshots().deleteAll(web, CALL);
    bench.close();
  }

  private String foreign(String name, String... more) {
    List<String> call = new ArrayList<>(List.of("create", "--name", name));
    call.addAll(List.of("--network", "none"));
    call.addAll(List.of(more));
    call.addAll(List.of(engine.base(), "sleep", "1000"));
    return engine.must(call.toArray(String[]::new));
  }

  private void assertThere(String id, String name) {
    assertThat(engine.docker("inspect", "--format", "{{.Name}}", id).stdout().strip())
        .isEqualTo("/" + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "old", "intent", "next-intent"})
  @DisplayName("by the names that a replacement needs")
  void places(String suffix) {
    driver.activate(web, WhenActive.STOP, CALL);
    driver.activate(web, WhenActive.STOP, CALL);
    String name = web + ".overc-" + suffix;
    String id = foreign(name);
    driver.stop(web, CALL);
    driver.start(web, CALL);
    assertThere(id, name);
    String current = engine.must("inspect", "--format", "{{.Id}}", web);
    assertThatThrownBy(() -> driver.activate(web, WhenActive.STOP, CALL))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("not ours");
    assertThere(id, name);
    assertThere(current, web);
    assertThat(
            DockerContainerDriver.of(engine.config(), Template.builder("docker", "docker").build())
                .list())
        .anyMatch(one -> one.name().equals(name));
    driver.delete(web, WhenActive.STOP, CALL);
    assertThere(id, name);
  }

  @Test
  @DisplayName("by the name of a container of a build")
  void build() {
    String subject = "the image " + bench.image("base");
    String name = "overc-work-" + Digest.of(subject).substring(0, 16);
    String id = foreign(name);
    engine.must("start", id);
    engine.must("stop", "--time", "0", id);
    assertThatThrownBy(
            () ->
                bench
                    .runner()
                    .build(
                        Workbench.pack("notes"),
                        bench.image("base"),
                        BuildPhase.BASE,
                        BuildOptions.defaults(),
                        CALL))
        .isInstanceOf(BusyException.class)
        .hasMessageContaining(name);
    assertThere(id, name);
  }

  @Test
  @DisplayName("by the labels of a service or a build that it has from its image")
  void labels() {
    String gone = "00000000-0000-0000-0000-000000000000.1:1:1:x";
    String id =
        foreign(
            bench.name("mine"), "--label", Labels.MARK + "=0", "--label", Labels.WORK + "=" + gone);
    engine.must("start", id);
    engine.must("stop", "--time", "0", id);
    String other =
        foreign(
            bench.name("other"), "--label", Labels.MARK + "=0", "--label", Labels.SERVICE + "=x");
    ServicePackRunner runner = bench.runner();
    runner.list();
    runner.recover();
    assertThatThrownBy(() -> runner.remove("x1", CALL)).hasMessageContaining("no service");
    assertThere(id, bench.name("mine"));
    assertThere(other, bench.name("other"));
  }

  @Test
  @DisplayName("and a copy of a service, or the service restored, is not removed as unfinished")
  void copies() {
    ServicePackRunner runner = bench.runner();
    runner.build(
        Workbench.pack("notes"), bench.image("i"), BuildPhase.ALL, BuildOptions.defaults(), CALL);
    ServiceStatus service = runner.run(bench.image("i"), web, CALL);
    assertThat(service.components()).hasSize(1);
    SnapshotStore store = driver.snapshots();
    SnapshotId id = store.create(web, SnapshotOptions.defaults(), CALL).id();
    store.restore(id, bench.name("copy"), CALL);
    // As another process would, whose owner label counts as ended.
    assertThat(runner.list())
        .filteredOn(one -> one.name().equals(web))
        .extracting(ServiceStatus::state)
        .containsExactly(ServiceState.RUNNING);
    assertThat(engine.must("ps", "-a", "--format", "{{.Names}}").lines())
        .contains(web, bench.name("copy"));
    runner.stop(web, CALL);
    store.restore(id, web, CALL);
    runner.list();
    assertThat(engine.must("ps", "-a", "--format", "{{.Names}}").lines()).contains(web);
    assertThat(store.list(web)).extracting(Snapshot::id).contains(id);
  }
}
