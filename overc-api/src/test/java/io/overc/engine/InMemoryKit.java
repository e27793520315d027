package io.overc.engine;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Instance;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.InMemoryMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Runs the kit on the engine over a machine in memory. */
abstract class InMemoryKit extends ContainerDriverContract {
  private static final Readiness AT_ONCE =
      Readiness.builder().settle(Duration.ZERO).interval(Duration.ofMillis(1)).build();

  @TempDir Path locks;
  final InMemoryMachine machine = new InMemoryMachine();
  private final InMemoryBackend.Style style;

  InMemoryKit(InMemoryBackend.Style style) {
    this.style = style;
  }

  ContainerBackend backend() {
    return new InMemoryBackend(machine, locks, style);
  }

  @Override
  protected ContainerDriver driver() {
    return driver(SideEffects.direct()).orElseThrow();
  }

  @Override
  protected Optional<ContainerDriver> driver(SideEffects effects) {
    return Optional.of(
        ManagedContainerDriver.builder(backend(), Template.builder("memory", "memory").build())
            .readiness(AT_ONCE)
            .effects(effects)
            .build());
  }

  @Override
  protected void write(String name, String text) {
    machine.write(name, text);
  }

  @Override
  protected String read(String name) {
    return machine.read(name);
  }

  @Override
  protected Optional<ImageSource> goodImage() {
    return Optional.of(ImageSource.of("good"));
  }

  @Override
  protected Optional<ImageSource> brokenImage() {
    return Optional.of(ImageSource.of("broken"));
  }

  @Override
  protected Optional<AutoCloseable> holdElsewhere(String name) throws IOException {
    Process other =
        new ProcessBuilder("flock", locks.resolve(name).toString(), "sh", "-c", "echo; read end")
            .start();
    other.getInputStream().read(); // Now it holds the lock.
    return Optional.of(
        () -> {
          other.getOutputStream().close();
          other.waitFor();
        });
  }

  @Override
  protected Optional<Path> lockFile(String name) {
    return Optional.of(locks.resolve(name));
  }

  @Override
  protected boolean withoutImage(Runnable work) {
    machine.image("");
    try {
      work.run();
    } finally {
      machine.image("good");
    }
    return true;
  }

  @Override
  protected boolean offerPackages(boolean failing) {
    machine.offerPackage(failing);
    return true;
  }

  @Override
  protected boolean isWhole(String name) {
    return machine.isWhole(name);
  }

  @Override
  protected boolean freeze(String name) {
    machine.set(name, Instance.State.FROZEN);
    return true;
  }

  @Override
  protected boolean isFrozen(String name) {
    return machine.isFrozen(name);
  }

  @Override
  protected boolean damage(String name) {
    machine.damage(name);
    return true;
  }
}
