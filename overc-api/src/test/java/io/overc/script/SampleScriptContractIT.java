package io.overc.script;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.testkit.ContainerDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the script driver with the sample script keeps the contract")
class SampleScriptContractIT extends ContainerDriverContract {
  @TempDir Path home;

  @Override
  protected ContainerDriver driver() {
    return ScriptContainerDriver.builder("example")
        .directory(Path.of("..", "examples", "container-scripts").toAbsolutePath().normalize())
        .environment("OVERC_EXAMPLE_HOME", home.toString())
        .build();
  }

  @Override
  protected void write(String name, String text) {
    try {
      Files.writeString(data(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String read(String name) {
    try {
      return Files.exists(data(name)) ? Files.readString(data(name)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<ImageSource> goodImage() {
    return Optional.of(image("good", "while :; do sleep 1; done\n"));
  }

  private ImageSource image(String name, String program) {
    try {
      Path file = Files.writeString(home.resolve(name), program);
      return ImageSource.of(file.toUri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data(String name) {
    return home.resolve("containers").resolve(name).resolve("data").resolve("text");
  }
}
