package io.overc.docker;

import io.overc.docker.testkit.TestEngine;
import io.overc.exec.CommandResult;
import io.overc.snapshot.SnapshotStore;
import io.overc.testkit.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
