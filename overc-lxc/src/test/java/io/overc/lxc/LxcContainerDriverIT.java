package io.overc.lxc;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.LockChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
  protected Optional<Path> lockFile(String name) {
    return Optional.of(lab.path().resolve(".overc/lock").resolve(name));
  }

  @Override
  protected Optional<AutoCloseable> holdElsewhere(String name) throws IOException {
    return Optional.of(new LockChild(lab.path().resolve(".overc/lock").resolve(name)));
  }

  @Override
  protected Optional<Path> tree(String name) {
    return Optional.of(lab.rootOf(name).resolve("etc"));
  }

  @Override
  protected boolean freeze(String name) {
    return lab.lxc("lxc-freeze", name).succeeded();
  }

  @Override
  protected boolean withoutImage(Runnable work) {
    Path away = lab.image().resolveSibling("away");
    lab.run("mv", lab.image().toString(), away.toString());
    try {
      work.run();
    } finally {
      lab.run("mv", away.toString(), lab.image().toString());
    }
    return true;
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
