package io.overc.lxc.overlay;

import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.lxc.overlay.compare.Mask;
import io.overc.lxc.overlay.compare.Obstacle;
import io.overc.lxc.overlay.compare.Reason;
import io.overc.lxc.overlay.compare.Shared;
import io.overc.lxc.overlay.compare.Visitor;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.KeptReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a comparison tells, and reports how far it has come; touches nothing. */
class Tally implements Visitor {
  private static final int EVERY = 2000;
  private static final int OBSTACLES_SHOWN = 5;

  private final Operation operation;
  private final AtomicLong seen = new AtomicLong();
  private final LongAdder shared = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder masked = new LongAdder();
  private final AtomicLongArray kept = new AtomicLongArray(Reason.values().length);
  private final List<String> obstacles = new ArrayList<>();
  private final LongAdder obstacleCount = new LongAdder();

  Tally(Operation operation) {
    this.operation = operation;
  }

  @Override
  public void shared(Shared entry) throws IOException {
    step();
    shared.increment();
    bytes.add(entry.allocated());
  }

  @Override
  public void kept(Path path, Reason reason) throws IOException {
    step();
    kept.incrementAndGet(reason.ordinal());
  }

  @Override
  public void masked(Path path, Mask mask) throws IOException {
    step();
    masked.increment();
  }

  @Override
  public void obstacle(Path path, Obstacle obstacle) throws IOException {
    obstacleCount.increment();
    synchronized (obstacles) {
      if (obstacles.size() < OBSTACLES_SHOWN) {
        obstacles.add("'" + RawPaths.shown(path) + "' (" + words(obstacle) + ")");
      }
    }
  }

  /** Takes back what turned out to have changed before it could be removed. */
  final void changed(long files, long size) {
    shared.add(-files);
    bytes.add(-size);
    kept.addAndGet(Reason.CHANGED.ordinal(), files);
  }

  /** Says what stands in the way of sharing; empty for nothing. */
  final String obstacles() {
    synchronized (obstacles) {
      long more = obstacleCount.sum() - obstacles.size();
      return String.join(", ", obstacles) + (more > 0 ? " and " + more + " more" : "");
    }
  }

  final long sharedFiles() {
    return shared.sum();
  }

  final DirectoryResult result(String directory) {
    Map<KeptReason, Long> reasons = new EnumMap<>(KeptReason.class);
    Arrays.stream(Reason.values())
        .filter(reason -> reason != Reason.DIRECTORY && kept.get(reason.ordinal()) > 0)
        .forEach(r -> reasons.put(KeptReason.valueOf(r.name()), kept.get(r.ordinal())));
    return new DirectoryResult(directory, shared.sum(), bytes.sum(), reasons, masked.sum());
  }

  private void step() {
    long count = seen.incrementAndGet();
    if (count % EVERY == 0) {
      operation.progress(Event.Unit.ITEMS, count, OptionalLong.empty());
    }
  }

  private static String words(Obstacle obstacle) {
    return switch (obstacle) {
      case WHITEOUT -> "a character device 0/0, which an overlay takes for a deleted file";
      case OVERLAY_ATTRIBUTE -> "it has attributes of another overlay";
      case MOUNT_POINT -> "something is mounted there, which an overlay does not see";
      case TOO_DEEP -> "its path is too long";
    };
  }
}
