package io.overc.examples.benchmarks;

import io.overc.internal.compare.Visitor;
import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is shared, and removes it where it is told from where. */
class OverlayCount implements Visitor {
  private final LongAdder shared = new LongAdder();
  private final Optional<Path> remove;

  /** Only counts. */
  OverlayCount() {
    this.remove = Optional.empty();
  }

  /** Removes what is shared from a directory. */
  OverlayCount(Path directory) {
    this.remove = Optional.of(directory);
  }

  long shared() {
    return shared.sum();
  }

  @Override
  public void shared(Shared entry) throws IOException {
    shared.increment();
    if (remove.isPresent()) {
      Files.delete(remove.get().resolve(entry.path()));
    }
  }

  @Override
  public void kept(Path path, Reason reason) {}

  @Override
  public void masked(Path path, Mask mask) {}

  @Override
  public void obstacle(Path path, Obstacle obstacle) {
    throw new IllegalStateException(path + " is in the way: " + obstacle);
  }
}
