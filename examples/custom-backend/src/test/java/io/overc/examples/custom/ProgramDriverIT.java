package io.overc.examples.custom;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.engine.ManagedContainerDriver;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.PathSubjects;
import io.overc.testkit.Real;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a driver by a third party keeps the contract")
class ProgramDriverIT extends ContainerDriverContract {
  @TempDir Path home;
  private Path image;

  @BeforeEach
  void installImage() throws IOException {
    image = Files.writeString(home.resolve("image"), "while :; do sleep 1; done\n");
  }

  @Override
  protected ContainerDriver driver() {
    return driver(SideEffects.direct()).orElseThrow();
  }

  @Override
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    Template plain = Template.builder("program", "program").build();
    Template template = Template.builder(plain.name(), "program").image(image.toString()).build();
    return Optional.of(
        ManagedContainerDriver.builder(new ProgramBackend(home, template, effects), template)
            .readiness(Readiness.builder().settle(Duration.ofMillis(5)).build())
            .effects(effects)
            .build());
  }

  @Override
  protected List<Integer> chosen(List<Integer> points) {
    return points.stream().filter(point -> Real.everyCase() || point % 7 == 1).toList();
  }

  @Override
  protected Optional<Path> lockFile(String name) {
    return Optional.of(home.resolve("lock").resolve(name));
  }

  @Override
  protected Optional<Path> tree(String name) {
    return Optional.of(data(name));
  }

  @Override
  protected List<String> leftovers() throws IOException {
    return PathSubjects.hidden(
        home.resolve("current"),
        home.resolve("fresh"),
        home.resolve("old"),
        home.resolve("snapshots"));
  }

  @Override
  protected boolean withoutImage(Runnable work) {
    try {
      Files.delete(image);
      work.run();
      installImage();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected void write(String name, String text) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String read(String name) {
    try {
      return Files.exists(file(name)) ? Files.readString(file(name)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data(String name) {
    return home.resolve("current").resolve(name).resolve("content");
  }

  private Path file(String name) {
    return data(name).resolve("text");
  }
}
