package io.overc.lxc.share;

import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.internal.compare.Comparison;
import io.overc.internal.compare.Visitor;
import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.internal.linux.RawPath;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.KeptReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a comparison tells, and reports how far it has come; touches nothing. */
class ComparisonStats implements Visitor {
  private static final int EVERY = 2000;
  private static final int OBSTACLES_SHOWN = 5;

  private final Operation operation;
  private final AtomicLong seen = new AtomicLong();
  private final LongAdder shared = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder masked = new LongAdder();
  private final Map<Reason, LongAdder> kept = new EnumMap<>(Reason.class);
  private final List<String> obstacles = new ArrayList<>();
  private final LongAdder obstacleCount = new LongAdder();

  ComparisonStats(Operation operation) {
    this.operation = operation;
    for (Reason reason : Reason.values()) {
      kept.put(reason, new LongAdder());
    }
  }

  /** Compares a directory with its sources; refuses one that an overlay would not show whole. */
  final void compare(Planned one) throws IOException {
    int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
    new Comparison(one.upper(), one.sources(), threads).run(this);
    if (!obstacles.isEmpty()) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot share %s: an overlay would not show what is in it: %s"
              .formatted(one.what().directory(), obstacles()),
          Remedy.other("remove or unmount that, or share the directories beside it"));
    }
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
    keep(reason, 1);
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
        obstacles.add("'" + RawPath.shown(path) + "' (" + words(obstacle) + ")");
      }
    }
  }

  /** Takes back what turned out to have changed before it could be removed. */
  final void changed(long files, long size) {
    shared.add(-files);
    bytes.add(-size);
    keep(Reason.CHANGED, files);
  }

  private String obstacles() {
    long more = obstacleCount.sum() - obstacles.size();
    return String.join(", ", obstacles) + (more > 0 ? " and " + more + " more" : "");
  }

  final DirectoryResult result(String directory) {
    Map<KeptReason, Long> reasons = new EnumMap<>(KeptReason.class);
    kept.forEach(
        (reason, count) -> {
          if (reason != Reason.DIRECTORY && count.sum() > 0) {
            reasons.put(KeptReason.valueOf(reason.name()), count.sum());
          }
        });
    return new DirectoryResult(directory, shared.sum(), bytes.sum(), reasons, masked.sum());
  }

  private void keep(Reason reason, long files) {
    Objects.requireNonNull(kept.get(reason)).add(files);
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
