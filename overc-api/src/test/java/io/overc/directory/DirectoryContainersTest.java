package io.overc.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.container.Container;
import io.overc.container.ContainerDriver;
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
import io.overc.spi.SideEffects;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.PathSubjects;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the kit on containers that are directories, and tests what it does not see. */
class DirectoryContainersTest extends ContainerDriverContract {
  private static final OperationOptions NONE = OperationOptions.defaults();

  @TempDir Path root;
  private boolean imageIsThere = true;
  private boolean imageIsBroken;

  /** What runs has a file that says so. */
  private final class Marked extends DirectoryContainers {
    Marked(SideEffects effects) {
      super(root, effects);
    }

    @Override
    protected void fill(Path content, Operation operation) throws IOException {
      if (!imageIsThere) {
        throw new NoSuchFileException("image");
      }
      Files.writeString(content.resolve("says"), "");
      if (imageIsBroken) {
        Files.createFile(content.resolve("broken"));
      }
    }

    @Override
    protected boolean runs(Path container) {
      return Files.exists(container.resolve("running"));
    }

    @Override
    protected void launch(Path container) throws IOException {
      if (!Files.exists(container.resolve("content/broken"))) {
        Files.createFile(container.resolve("running"));
      }
    }

    @Override
    protected void end(Path container) throws IOException {
      Files.delete(container.resolve("running"));
    }
  }

  @Override
  protected ContainerDriver driver() {
    return driver(SideEffects.direct()).orElseThrow();
  }

  @Override
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    Template template = Template.builder("dir", "dir").build();
    return Optional.of(
        ManagedContainerDriver.builder(new Marked(effects), template)
            .readiness(Readiness.builder().settle(Duration.ZERO).build())
            .effects(effects)
            .build());
  }

  private Path content(String name) {
    return root.resolve("current").resolve(name).resolve("content");
  }

  @Override
  protected void write(String name, String text) {
    try {
      Files.writeString(content(name).resolve("says"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String read(String name) {
    try {
      return Files.readString(content(name).resolve("says"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected List<Integer> chosen(List<Integer> points) {
    return points.stream().filter(point -> Real.everyCase() || point % 3 == 1).toList();
  }

  @Override
  protected Optional<Path> lockFile(String name) {
    return Optional.of(root.resolve("lock").resolve(name));
  }

  @Override
  protected Optional<Path> tree(String name) {
    return Optional.of(content(name));
  }

  @Override
  protected boolean withoutImage(Runnable work) {
    imageIsThere = false;
    work.run();
    imageIsThere = true;
    return true;
  }

  @Override
  protected boolean withBrokenImage(Runnable work) {
    imageIsBroken = true;
    try {
      work.run();
    } finally {
      imageIsBroken = false;
    }
    return true;
  }

  @Override
  protected List<String> leftovers() throws IOException {
    return PathSubjects.hidden(
        root.resolve("current"),
        root.resolve("fresh"),
        root.resolve("old"),
        root.resolve("snapshots"));
  }

  @Test
  @DisplayName("a snapshot keeps the content with its comment, and not what is of one run")
  void snapshots() throws IOException {
    ContainerDriver driver = driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    Path says = root.resolve("current/web/content/says");
    assertThat(started("web")).contains(true);
    Files.writeString(says, "mine");
    SnapshotOptions options = SnapshotOptions.builder().fullCopy(true).comment("v1").build();
    Snapshot made = driver.snapshots().create("web", options, NONE);
    assertThat(driver.snapshots().list("web")).containsExactly(made);
    assertThat(made.comment()).contains("v1");
    driver.activate("web", WhenActive.STOP, NONE);
    assertThat(says).isEmptyFile();
    driver.snapshots().restore(made.id(), "other", NONE);
    assertThat(root.resolve("current/other/content/says")).hasContent("mine");
    assertThat(driver.status("other")).isEqualTo(ContainerStatus.INACTIVE);
    assertThat(started("other")).contains(false);
  }

  private Optional<Boolean> started(String name) throws IOException {
    return new Marked(SideEffects.direct()).find(name).current().map(Instance::started);
  }

  @Test
  @DisplayName("containers and snapshots are for their owner only")
  void othersSeeNothing() throws IOException {
    ContainerDriver driver = driver();
    driver.activate("web", WhenActive.REFUSE, NONE);
    driver.activate("web", WhenActive.STOP, NONE);
    for (String place : List.of("current", "fresh", "old", "snapshots")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(place))))
          .as(place)
          .isEqualTo("rwx------");
    }
  }

  @Test
  @DisplayName("what is half made is seen by nobody, and goes with the next operation")
  void halfMade() throws IOException {
    ContainerDriver driver = driver();
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
    ContainerDriver driver = driver();
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
    Marked containers = new Marked(SideEffects.direct());
    Intent intent = Intent.freeze();
    containers.record("web", intent);
    assertThat(new Marked(SideEffects.direct()).find("web").intent().map(Intent::text))
        .contains(intent.text());
    containers.forget("web");
    assertThat(containers.find("web").intent()).isEqualTo(Optional.empty());
  }
}
