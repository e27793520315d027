package io.overc.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.container.UpgradeSource;
import io.overc.container.WhenActive;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.OperationKind;
import io.overc.event.OperationOptions;
import io.overc.servicepack.ImageTag;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.ScriptedCommandRunner;
import io.overc.testkit.WholeSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("an operation that fails says why, shortly, in its exception and in its last event")
class ReportsTest {
  private static final String REASON = "Error response from daemon: the disk is on fire";

  private final ScriptedCommandRunner engine =
      new ScriptedCommandRunner().fail("docker .*", 1, REASON);

  @TempDir private Path directory;

  @Test
  @DisplayName("sending an image")
  void sendImage() {
    Event.Finished end = end(call -> driver().sendImage(ImageSource.of("/nowhere.tar"), call));
    assertThat(end.operation().kind()).isEqualTo(OperationKind.CONTAINER_SEND_IMAGE);
    assertThat(end.operation().subject()).isEqualTo("web");
    assertThat(end.message()).contains("There is no image /nowhere.tar");
  }

  @Test
  @DisplayName("updating an image")
  void update() {
    Event.Finished end = end(call -> driver().update(call));
    assertThat(end.operation().kind()).isEqualTo(OperationKind.CONTAINER_UPDATE);
    assertThat(end.message()).contains("pull registry.example.org/web", REASON);
  }

  @Test
  @DisplayName("making a snapshot, whoever makes it")
  void snapshot() {
    container("web");
    for (Consumer<OperationOptions> make :
        List.<Consumer<OperationOptions>>of(
            call -> store().create("web", SnapshotOptions.defaults(), call),
            call -> WholeSnapshot.of(driver(), "web", call))) {
      Event.Finished end = end(make);
      assertThat(end.operation().kind()).isEqualTo(OperationKind.SNAPSHOT_CREATE);
      assertThat(end.message()).contains("snapshot the container web", REASON);
      assertThat(end.message().length()).as(end.message()).isLessThan(700);
    }
  }

  @Test
  @DisplayName("everything else")
  void others() {
    container("web");
    String runs = "docker container inspect web";
    Map<OperationKind, Consumer<OperationOptions>> all =
        Map.of(
            OperationKind.CONTAINER_ACTIVATE,
            call -> driver().activate("web", WhenActive.STOP, call),
            OperationKind.CONTAINER_STOP,
            call -> driver().stop("web", call),
            OperationKind.CONTAINER_UPGRADE,
            call -> driver().upgrade("web", UpgradeSource.PACKAGES, call),
            OperationKind.CONTAINER_ROLLBACK,
            call -> driver().rollback("web", call),
            OperationKind.CONTAINER_DELETE,
            call -> driver().delete("web", WhenActive.STOP, call),
            OperationKind.SNAPSHOT_DELETE,
            call -> driver().snapshots().deleteAll("web", call),
            OperationKind.SNAPSHOT_EXPORT,
            call -> store().exportTo(SnapshotId.of("web-1"), directory.resolve("file"), call));
    all.forEach(
        (kind, operation) -> {
          Event.Finished end = end(operation);
          assertThat(end.operation().kind()).isEqualTo(kind);
          assertThat(end.message()).as(runs).isNotEqualTo("failed");
          assertThat(end.message().length()).as(end.message()).isLessThan(700);
        });
  }

  @Test
  @DisplayName("an engine whose answer is no JSON, or that is away")
  void strangeEngine() {
    ScriptedCommandRunner strange = new ScriptedCommandRunner().answer("docker .*", "<html>");
    assertThatThrownBy(
            () -> DockerSnapshotStore.builder().commandRunner(strange).build().list("web"))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("Could not examine the image overc-snapshot:<html>")
        .hasMessageContaining("no JSON");
    engine.fail("docker .*", 1, "Cannot connect to the Docker daemon at unix:///x");
    assertThatThrownBy(
            () ->
                DockerServicePackRunner.builder()
                    .commandRunner(engine)
                    .build()
                    .run(ImageTag.parse("web"), "web", OperationOptions.defaults()))
        .hasMessageStartingWith("The Docker engine did not answer: Cannot connect")
        .hasMessageContaining("DOCKER_HOST");
  }

  private void container(String name) {
    engine.answer(
        "docker container inspect " + name + "( .*)?",
        "[{\"Name\":\"/%s\",\"State\":{\"Status\":\"running\",\"Running\":true}}]".formatted(name));
    engine.fail("docker rmi .*", 1, "No such image");
  }

  private ContainerDriver driver() {
    return DockerContainerDriver.builder()
        .config(config())
        .template(
            Template.builder("web", "docker")
                .image("web:1")
                .imageUrl("registry.example.org/web")
                .build())
        .commandRunner(engine)
        .build();
  }

  private SnapshotStore store() {
    return DockerSnapshotStore.builder().config(config()).commandRunner(engine).build();
  }

  private Config config() {
    return Config.of(Map.of("docker.lock-directory", directory.resolve("locks").toString()));
  }

  private static Event.Finished end(Consumer<OperationOptions> operation) {
    List<Event> events = new ArrayList<>();
    OvercException thrown =
        assertThatExceptionOfType(OvercException.class)
            .isThrownBy(() -> operation.accept(OperationOptions.of(events::add)))
            .actual();
    Event.Finished end = (Event.Finished) events.get(events.size() - 1);
    assertThat(end.failure()).containsSame(thrown);
    assertThat(end.message()).isEqualTo(thrown.getMessage());
    return end;
  }
}
