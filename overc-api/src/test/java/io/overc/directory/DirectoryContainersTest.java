package io.overc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Container;
import io.overc.container.ContainerStatus;
import io.overc.container.Template;
import io.overc.container.WhenActive;
import io.overc.engine.ManagedContainerDriver;
import io.overc.event.Operation;
import io.overc.event.OperationOptions;
import io.overc.snapshot.DamagedSnapshot;
import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;
import io.overc.spi.Instance;
import io.overc.spi.Intent;
import io.overc.spi.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kit does not see of containers that are directories: it runs on examples. */
class DirectoryContainersTest {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @TempDir Path root;

  /** What runs has a file that says so. */
  private static final class Marked extends DirectoryContainers {
    Marked(Path root) {
      super(root);
    }

    @Override
    protected void fill(Path content, Operation operation) throws IOException {
      Files.writeString(content.resolve("says"), "new");
    }

    @Override
    protected boolean runs(Path container) {
      return Files.exists(container.resolve("running"));
    }

    @Override
    protected void launch(Path container) throws IOException {
      Files.createFile(container.resolve("running"));
    }

    @Override
    protected void end(Path container) throws IOException {
      Files.delete(container.resolve("running"));
    }
  }

  private ManagedContainerDriver driver() {
    return ManagedContainerDriver.builder(new Marked(root), Template.builder("dir", "dir").build())
        .readiness(Readiness.builder().settle(Duration.ZERO).build())
        .build();
  }

  @Test
  @DisplayName("a snapshot keeps the content with its comment, and not what is of one run")
  void snapshots() throws IOException {
    ManagedContainerDriver driver = driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    Path says = root.resolve("current/web/content/says");
    Files.writeString(says, "mine");
    SnapshotOptions options = SnapshotOptions.builder().fullCopy(true).comment("v1").build();
    Snapshot made = driver.snapshots().create("web", options, NONE);
    assertThat(driver.snapshots().list("web")).containsExactly(made);
    assertThat(made.comment()).contains("v1");
    driver.activate("web", WhenActive.STOP, NONE);
    assertThat(says).hasContent("new");
    driver.snapshots().restore(made.id(), "other", NONE);
    assertThat(root.resolve("current/other/content/says")).hasContent("mine");
    assertThat(driver.status("other")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(new Marked(root).find("other").current().map(Instance::started)).contains(false);
  }

  @Test
  @DisplayName("what is half made is seen by nobody, and goes with the next operation")
  void halfMade() throws IOException {
    ManagedContainerDriver driver = driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    Path draft = Files.createDirectories(root.resolve("fresh/.web/content"));
    Files.createDirectories(root.resolve("snapshots/.new-web@20260101T000000.000Z/data"));
    assertThat(driver.list()).extracting(Container::name).containsExactly("web");
    assertThat(driver.find("web").flatMap(Container::pending)).isEmpty();
    assertThat(driver.snapshots().subjects()).isEmpty();
    driver.stop("web", NONE);
    assertThat(draft).doesNotExist();
    assertThat(root.resolve("snapshots")).isEmptyDirectory();
  }

  @Test
  @DisplayName("a damaged snapshot is listed apart and can be deleted")
  void damaged() throws IOException {
    ManagedContainerDriver driver = driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    Snapshot made = driver.snapshots().create("web", SnapshotOptions.defaults(), NONE);
    Files.createDirectories(root.resolve("snapshots/web@20260101T000000.000Z"));
    assertThat(driver.snapshots().list("web")).containsExactly(made);
    assertThat(driver.snapshots().damaged("web")).hasSize(1);
    for (DamagedSnapshot one : driver.snapshots().damaged("web")) {
      driver.snapshots().delete(one.id(), NONE);
    }
    assertThat(driver.snapshots().damaged("web")).isEmpty();
  }

  @Test
  @DisplayName("an intent is recorded and forgotten with the container itself")
  void intents() throws IOException {
    driver().activate("web", WhenActive.REFUSE, NONE);
    Marked containers = new Marked(root);
    Intent intent = Intent.freeze();
    containers.record("web", intent);
    assertThat(new Marked(root).find("web").intent().map(Intent::text)).contains(intent.text());
    containers.forget("web");
    assertThat(containers.find("web").intent()).isEqualTo(Optional.empty());
  }
}
