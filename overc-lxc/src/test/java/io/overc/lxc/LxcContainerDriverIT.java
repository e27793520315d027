package io.overc.lxc;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.testkit.ContainerDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("the LXC driver keeps the contract")
class LxcContainerDriverIT extends ContainerDriverContract {
  private static LxcLab lab;

  @BeforeAll
  static void open() throws IOException {
    lab = LxcLab.open();
  }

  @AfterAll
  static void close() throws IOException {
    lab.close();
  }

  @Override
  protected ContainerDriver driver() {
    return lab.driver();
  }

  @Override
  protected void write(String name, String text) {
    try {
      lab.write(name, "text", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String read(String name) {
    try {
      return lab.read(name, "text");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<ImageSource> goodImage() {
    return Optional.of(ImageSource.of(lab.directory.resolve("good.tar.gz").toString()));
  }

  @Override
  protected Optional<ImageSource> brokenImage() {
    try {
      return Optional.of(lab.image("broken", "#!/bin/sh\nexit 1\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
