package io.overc.docker;

import io.overc.config.Config;
import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.docker.testkit.TestEngine;
import io.overc.exec.CommandResult;
import io.overc.spi.SideEffects;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.LockChild;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Lets the kit of drivers work on an engine that understands the docker command. */
abstract class EngineContainerKit extends ContainerDriverContract {
  private static final int STRIDE = 7;
  private static final AtomicInteger MATRICES = new AtomicInteger();

  final TestEngine engine;
  private final String image = "overc-kit-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path directory;

  EngineContainerKit(TestEngine engine) {
    this.engine = engine;
  }

  @BeforeEach
  void nameImage() {
    engine.must("tag", image("good"), image + ":1");
  }

  @AfterEach
  void removeImages() {
    List<String> call = new ArrayList<>(List.of("rmi", "--force"));
    engine
        .must("images", "--format", "{{.Repository}}:{{.Tag}}")
        .lines()
        .filter(name -> name.replace("localhost/", "").startsWith(image))
        .forEach(call::add);
    engine.must(call.toArray(String[]::new));
  }

  private String image(String tag) {
    return tag.equals("good")
        ? engine.image(tag, "CMD [\"sleep\", \"100000\"]")
        : engine.image(tag, "CMD [\"sh\", \"-c\", \"echo no configuration; exit 3\"]");
  }

  final String repository() {
    return image + "-snapshots";
  }

  final Config config(String... more) {
    Config config = engine.config("docker.snapshot-repository", repository());
    for (int i = 0; i < more.length; i += 2) {
      String name = more[i];
      config =
          config.with(
              DockerKeys.all().stream()
                  .filter(k -> k.matches(name))
                  .findFirst()
                  .orElseThrow()
                  .named("kit"),
              more[i + 1]);
    }
    return config;
  }

  final Template.Builder template() {
    return Template.builder("kit", "docker").image(image + ":1");
  }

  @Override
  protected ContainerDriver driver() {
    return DockerContainerDriver.of(config(), template().build());
  }

  /** Each case takes seconds: they are for the long run. */
  @Override
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    return Real.everyCase() ? Optional.of(under(effects)) : Optional.empty();
  }

  /** Returns some of the points, other ones for each operation and fault. */
  @Override
  protected List<Integer> chosen(List<Integer> points) {
    int first = MATRICES.getAndIncrement();
    return points.stream().filter(point -> (point + first) % STRIDE == 0).toList();
  }

  final ContainerDriver under(SideEffects effects) {
    return DockerContainerDriver.builder()
        .config(config())
        .template(template().build())
        .effects(effects)
        .build();
  }

  @Override
  protected Optional<Path> lockFile(String name) {
    return Optional.of(
        new DockerBackend(DockerSnapshotStore.builder().config(config()))
            .locks()
            .file("container", name));
  }

  @Override
  protected Optional<AutoCloseable> holdElsewhere(String name) throws IOException {
    return Optional.of(new LockChild(lockFile(name).orElseThrow()));
  }

  @Override
  protected boolean freeze(String name) {
    return engine.docker("pause", name).succeeded();
  }

  @Override
  protected boolean isFrozen(String name) {
    return engine
        .docker("container", "inspect", "--format", "{{.State.Status}}", name)
        .stdout()
        .strip()
        .equals("paused");
  }

  @Override
  protected void write(String name, String text) {
    try {
      Path file = Files.writeString(directory.resolve("word"), text);
      engine.must("cp", file.toString(), name + ":/word");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String read(String name) {
    try {
      Path file = directory.resolve("read");
      CommandResult result = engine.docker("cp", name + ":/word", file.toString());
      return result.succeeded() ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<ImageSource> goodImage() {
    return Optional.of(saved("good"));
  }

  @Override
  protected Optional<ImageSource> brokenImage() {
    return Optional.of(saved("broken"));
  }

  final ImageSource saved(String tag) {
    Path file = directory.resolve(tag + "-" + UUID.randomUUID() + ".tar");
    engine.must("save", "--output", file.toString(), image(tag));
    return ImageSource.of(file.toString());
  }
}
