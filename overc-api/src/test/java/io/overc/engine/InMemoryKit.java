package io.overc.engine;

import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.spi.ContainerBackend;
import io.overc.spi.Readiness;
import io.overc.spi.SideEffects;
import io.overc.testkit.ContainerDriverContract;
import io.overc.testkit.InMemoryBackend;
import io.overc.testkit.InMemoryMachine;
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

  protected Optional<ContainerDriver> driver(SideEffects effects) {
    return Optional.of(
        ManagedContainerDriver.builder(backend(), Template.plain("memory", "memory"))
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
}
