package io.overc.examples.custom;

import io.overc.container.ContainerDriver;
import io.overc.container.Template;
import io.overc.testkit.ContainerDriverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a driver by a third party keeps the contract")
class ProgramDriverIT extends ContainerDriverContract {
  @TempDir Path home;

  @Override
  protected ContainerDriver driver() {
    return new ProgramDriver(new Programs(home), Template.plain("program", "program"));
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

  private Path file(String name) {
    return new Programs(home).directory(name).resolve("data").resolve("text");
  }
}
