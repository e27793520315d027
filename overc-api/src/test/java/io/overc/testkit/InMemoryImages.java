package io.overc.testkit;

import io.overc.container.Change;
import io.overc.container.ImageResult;
import io.overc.container.ImageSource;
import io.overc.error.NotFoundException;
import io.overc.event.Operation;
import io.overc.spi.ContainerImages;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Replaces the image of an {@link InMemoryMachine}: {@code good}, {@code broken}. */
final class InMemoryImages implements ContainerImages {
  private final InMemoryMachine machine;
  private final Path lock;

  InMemoryImages(InMemoryMachine machine, Path lock) {
    this.machine = machine;
    this.lock = lock;
  }

  @Override
  public Path lockFile() {
    return lock;
  }

  @Override
  public ImageResult send(ImageSource image, Operation operation) {
    synchronized (machine) {
      if (!List.of("good", "broken").contains(image.location())) {
        throw new NotFoundException("There is no image " + image.location());
      }
      Change change = machine.image.equals(image.location()) ? Change.UNCHANGED : Change.CHANGED;
      machine.image = image.location();
      return new ImageResult(change, Optional.empty());
    }
  }
}
