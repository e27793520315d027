package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Compares directories, one after the other; each thread has one. */
final class Worker implements Runnable {
  /** From how many names on a directory is huge, and never in memory as a whole. */
  static final int HUGE = 8192;

  private final Roots roots;
  private final Pending pending;
  private final Visitor visitor;
  private final Attributes attributes = new Attributes();
  private final Levels levels;
  private final Judge judge;
  private final Status mine = new Status();
  private final NativeBuffer names = new NativeBuffer(4096);
  private final NativeBuffer entries = new NativeBuffer(32 * 1024);

  Worker(Roots roots, Pending pending, Visitor visitor) {
    this.roots = roots;
    this.pending = pending;
    this.visitor = visitor;
    this.levels = new Levels(roots, visitor, attributes);
    this.judge = new Judge(roots, attributes, new Contents(pending::check));
  }

  @Override
  public void run() {
    try {
      Optional<Pending.Task> task = pending.next(true);
      while (task.isPresent()) {
        compare(task.get());
        task = pending.next(false);
      }
    } catch (Throwable e) {
      pending.fail(e);
    } finally {
      // Nobody else holds the memory that the C library is given.
      Reference.reachabilityFence(this);
    }
  }

  private void compare(Pending.Task task) throws IOException {
    List<Pending.Task> below;
    try (Level level = levels.open(task)) {
      Listing listing = new Listing(level.directory(), entries, HUGE, () -> roots.at(task.path()));
      byte[][] part = listing.next();
      // What sources alone have comes first: afterwards entries may be removed by the visitor.
      mask(level, listing.ended() ? Optional.of(part) : Optional.empty());
      below = entries(level, part);
      while (!listing.ended()) {
        descend(below);
        below = entries(level, listing.next());
      }
    }
    descend(below);
  }

  private void descend(List<Pending.Task> tasks) throws IOException {
    for (Pending.Task task : tasks) {
      if (!pending.offer(task)) {
        compare(task);
      }
    }
  }

  /** Masks what a source has and the directory has not; {@code all} are the directory's names. */
  private void mask(Level level, Optional<byte[][]> all) throws IOException {
    for (int i = 0; i < level.descriptors().length; i++) {
      int source = level.sources()[i];
      Listing listing =
          new Listing(
              level.descriptors()[i],
              entries,
              HUGE,
              () -> roots.at(source, level.bytes(Roots.SELF)));
      while (!listing.ended()) {
        pending.check();
        for (byte[] name : listing.next()) {
          if (!has(level, all, name) && judge.find(level, name, names.string(name)) == i) {
            visitor.masked(level.path(name), Mask.WHITEOUT);
          }
        }
      }
    }
  }

  private boolean has(Level level, Optional<byte[][]> all, byte[] name) throws IOException {
    return all.isPresent()
        ? Arrays.binarySearch(all.get(), name, Arrays::compareUnsigned) >= 0
        : mine.read(level.directory(), names.string(name), () -> roots.at(level.bytes(name)));
  }

  /** Decides on entries; returns the directories among them. */
  private List<Pending.Task> entries(Level level, byte[][] part) throws IOException {
    List<Pending.Task> below = new ArrayList<>();
    for (byte[] name : part) {
      pending.check();
      long address = names.string(name);
      Supplier<Path> what = () -> roots.at(level.bytes(name));
      // Gone meanwhile: nothing to say.
      if (mine.read(level.directory(), address, what)) {
        Optional<Obstacle> obstacle = obstacle(level, name, what);
        if (obstacle.isPresent()) {
          visitor.obstacle(level.path(name), obstacle.get());
        } else if (mine.type() == Status.DIRECTORY) {
          visitor.kept(level.path(name), Reason.DIRECTORY);
          below.add(new Pending.Task(level.bytes(name), level.sources()));
        } else {
          decide(level, new Judge.Entry(name, address, mine));
        }
      }
    }
    return below;
  }

  private Optional<Obstacle> obstacle(Level level, byte[] name, Supplier<Path> what)
      throws IOException {
    if (mine.mount() != roots.mount()) {
      return Optional.of(Obstacle.MOUNT_POINT);
    }
    if (mine.isWhiteout()) {
      return Optional.of(Obstacle.WHITEOUT);
    }
    if (mine.type() == Status.DIRECTORY) {
      return level.bytes(name).length > Comparison.LONGEST
          ? Optional.of(Obstacle.TOO_DEEP)
          : Optional.empty();
    }
    if (level.isImpure()) {
      Attributes.Handle handle = Attributes.Handle.of(level.directory(), name);
      if (attributes.mark(handle, what) != Attributes.Mark.NONE) {
        return Optional.of(Obstacle.OVERLAY_ATTRIBUTE);
      }
    }
    return Optional.empty();
  }

  private void decide(Level level, Judge.Entry entry) throws IOException {
    Judge.Verdict verdict = judge.decide(level, entry);
    Path path = level.path(entry.name());
    if (verdict.reason() != null) {
      visitor.kept(path, verdict.reason());
      return;
    }
    Status found = judge.found();
    int source = level.sources()[verdict.place()];
    visitor.shared(
        new Shared(
            path, mine.contentSize(), mine.allocated(), source, mine.stamp(), found.stamp()));
  }
}
