package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
import io.overc.container.ContainerStatus;
import io.overc.docker.engine.Labels;
import io.overc.error.VerificationException;
import io.overc.exec.CommandRunner;
import io.overc.servicepack.ServicePackRunner;
import io.overc.servicepack.ServiceStatus;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.ScriptedCommandRunner;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("one damaged entry hides no other")
class DamagedEntriesTest {
  private static final String CREATED = "2026-11-26T10:00:00Z";

  @Test
  @DisplayName("among snapshots: dates, comments and names that cannot be read")
  void snapshots() {
    Map<String, Map<String, String>> images = new LinkedHashMap<>();
    images.put("web-1", snapshot("web", CREATED, "c%C3%A4"));
    images.put("web-2", snapshot("web", "yesterday", ""));
    images.put("web-3", snapshot("web", "", ""));
    images.put("web-4", snapshot("web", CREATED, "c%zz"));
    images.put("web-5", snapshot("a\uFFFDb", CREATED, ""));
    images.put("foreign", Map.of());
    images.put("web-6", snapshot("web", "2026-11-26T11:00:00Z", "c%ff"));
    SnapshotStore store =
        DockerSnapshotStore.builder().commandRunner(Answers.snapshots(images)).build();
    assertThat(store.list("web"))
        .extracting(Snapshot::id, Snapshot::comment)
        .containsExactly(
            tuple(SnapshotId.of("web-1"), Optional.of("ä")),
            tuple(SnapshotId.of("web-6"), Optional.of("\uFFFD")));
    assertThat(store.subjects()).containsExactly("web");
    assertThat(
            DockerContainerDriver.builder()
                .commandRunner(Answers.snapshots(images))
                .build()
                .snapshots()
                .list("web"))
        .hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "io.overc.servicepack.environment=no variable",
        "io.overc.servicepack.environment=%zz",
        "io.overc.servicepack.ports=http",
        "io.overc.servicepack.pack=%"
      })
  @DisplayName("among services")
  void services(String label) {
    Map<String, String> damaged = service("bad");
    damaged.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    Map<String, Map<String, String>> containers = new LinkedHashMap<>();
    containers.put("bad", damaged);
    containers.put("good", service("good"));
    Map<String, String> owner = service("odd");
    owner.put(Labels.OWNER, "\uFFFD:\uFFFD:x:y");
    containers.put("odd", owner);
    ScriptedCommandRunner engine = Answers.services(containers);
    engine.answer("docker ps .*label=io.overc.service=bad", "bad\n");
    ServicePackRunner runner = DockerServicePackRunner.builder().commandRunner(engine).build();
    assertThat(runner.list()).extracting(ServiceStatus::name).containsExactly("good", "odd");
    assertThatThrownBy(() -> runner.status("bad"))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining(label.substring(0, label.indexOf('=')))
        .hasMessageContaining("the container bad");
  }

  @Test
  @DisplayName("among containers, by Docker 20.10 and podman 4.3")
  void containers() throws IOException {
    for (String fixture : new String[] {"docker-20.10-ps.json", "podman-4.3-ps.json"}) {
      CommandRunner engine =
          new ScriptedCommandRunner()
              .answer(
                  "docker ps --all --format \\{\\{json .}}",
                  "{\"ID\":\"1\",\"Names\":\"\",\"State\":7}\n" + fixture(fixture));
      assertThat(DockerContainerDriver.builder().commandRunner(engine).build().list())
          .as(fixture)
          .containsExactly(
              new Container("c1", Optional.of(ContainerStatus.INACTIVE), Optional.of("web")));
    }
    CommandRunner engine =
        new ScriptedCommandRunner()
            .answer(
                "docker ps .*",
                """
                {"Names":"b","State":"paused","Labels":"a=\uFFFD,io.overc.template=we b"}
                {"Names":"a.overc-new","State":"created","Labels":"io.overc.intent=x"}
                {"Names":"b.overc-new","State":"exited","Labels":""}
                {"Names":"a","State":"running","Labels":"x=,io.overc.template=web"}
                """);
    ContainerDriver driver = DockerContainerDriver.builder().commandRunner(engine).build();
    assertThat(driver.list())
        .containsExactly(
            new Container(
                "a",
                Optional.of(ContainerStatus.ACTIVE),
                Optional.of("web"),
                Optional.of("operation"),
                Optional.empty()),
            new Container("b", Optional.of(ContainerStatus.ACTIVE), Optional.empty()),
            new Container("b.overc-new", Optional.of(ContainerStatus.INACTIVE), Optional.empty()));
  }

  private static Map<String, String> snapshot(String subject, String created, String comment) {
    return Map.of(
        "io.overc.snapshot", subject,
        "io.overc.snapshot.created", created,
        "io.overc.snapshot.comment", comment);
  }

  private static Map<String, String> service(String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(Labels.SERVICE, name);
    labels.put(Labels.PACK, "pack");
    labels.put(Labels.ENVIRONMENT, Labels.encode("HOST=%IP"));
    labels.put(Labels.PORTS, "80/tcp");
    return labels;
  }

  private static String fixture(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(DamagedEntriesTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
