package io.overc.docker;

import io.overc.docker.testkit.TestEngine;
import io.overc.exec.CommandResult;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import io.overc.testkit.Real;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The kit names its subjects itself, so they are made on an engine that nobody else uses. */
abstract class EngineSnapshotStoreContract extends SnapshotStoreContract {
  private final TestEngine engine;

  @TempDir Path directory;

  EngineSnapshotStoreContract(TestEngine engine) {
    this.engine = engine;
  }

  @AfterEach
  void removeEverything() {
    engine.must("ps", "-aq").lines().filter(id -> !id.isBlank()).forEach(this::removeContainer);
    engine
        .must("images", "--format", "{{.Repository}}:{{.Tag}}")
        .lines()
        .filter(name -> name.replace("localhost/", "").startsWith("overc-snapshot"))
        .forEach(name -> engine.must("rmi", name));
  }

  private void removeContainer(String id) {
    engine.must("rm", "--force", id);
  }

  @Override
  protected SnapshotStore store() {
    return DockerSnapshotStore.of(engine.config());
  }

  /** Each case takes seconds: they are for the long run. */
  @Override
  protected Optional<SnapshotStore> store(SideEffects effects) {
    return Real.everyCase()
        ? Optional.of(
            DockerSnapshotStore.builder().config(engine.config()).effects(effects).build())
        : Optional.empty();
  }

  @Override
  protected UnaryOperator<List<Integer>> chosenPoints() {
    return points -> points.stream().filter(point -> point % 3 == 0).toList();
  }

  @Override
  protected Optional<Path> lockFile(String subject) {
    return Optional.of(
        new DockerBackend(DockerSnapshotStore.builder().config(engine.config()))
            .locks()
            .file("container", subject));
  }

  /** Changes a label, as anybody may who may use the engine. */
  @Override
  protected boolean damage(SnapshotId id) {
    String reference = "overc-snapshot:" + id;
    engine.must("create", "--name", "damaging", reference, "true");
    engine.must(
        "commit", "--change", "LABEL io.overc.snapshot.created=yesterday", "damaging", reference);
    engine.must("rm", "damaging");
    return true;
  }

  @Override
  protected void write(String subject, String text) throws IOException {
    if (engine.must("ps", "-a", "--format", "{{.Names}}").lines().noneMatch(subject::equals)) {
      engine.must("create", "--name", subject, "--network", "none", engine.base(), "true");
    }
    Path file = Files.writeString(directory.resolve("said"), text);
    engine.must("cp", file.toString(), subject + ":/said");
  }

  @Override
  protected Optional<String> read(String subject) throws IOException {
    Path file = directory.resolve("heard");
    CommandResult result = engine.docker("cp", subject + ":/said", file.toString());
    return result.succeeded() ? Optional.of(Files.readString(file)) : Optional.empty();
  }
}
