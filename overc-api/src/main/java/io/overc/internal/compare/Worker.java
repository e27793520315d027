package io.overc.internal.compare;

import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Obstacle;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.linux.DirectoryListing;
import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.NativeBuffer;
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
  // From so many names on, a directory is never in memory as a whole.
  static final int HUGE = 8192;

  private final Roots roots;
  private final WorkQueue queue;
  private final Visitor visitor;
  private final Attributes attributes = new Attributes();
  private final DirectoryFrame.Opener opener;
  private final EntryComparator comparator;
  private final FileStatus mine = new FileStatus();
  private final NativeBuffer names = new NativeBuffer(4096);
  private final NativeBuffer entries = new NativeBuffer(32 * 1024);

  Worker(Roots roots, WorkQueue queue, Visitor visitor) {
    this.roots = roots;
    this.queue = queue;
    this.visitor = visitor;
    this.opener = new DirectoryFrame.Opener(roots, visitor, attributes);
    this.comparator = new EntryComparator(roots, attributes, new Contents(queue::check));
  }

  @Override
  public void run() {
    try {
      Optional<WorkQueue.Task> task = queue.next(true);
      while (task.isPresent()) {
        compare(task.get());
        task = queue.next(false);
      }
    } catch (Throwable e) {
      queue.fail(e);
    } finally {
      // Nobody else holds the memory that the C library is given.
      Reference.reachabilityFence(this);
    }
  }

  private void compare(WorkQueue.Task task) throws IOException {
    List<WorkQueue.Task> below;
    try (DirectoryFrame frame = opener.open(task)) {
      Supplier<Path> shown = () -> roots.at(task.path());
      DirectoryListing listing = new DirectoryListing(HUGE);
      byte[][] part = listing.next(frame.directory(), entries, shown);
      // What sources alone have comes first: afterwards entries may be removed by the visitor.
      mask(frame, listing.ended() ? Optional.of(part) : Optional.empty());
      below = entries(frame, part);
      while (!listing.ended()) {
        descend(below);
        below = entries(frame, listing.next(frame.directory(), entries, shown));
      }
    }
    descend(below);
  }

  private void descend(List<WorkQueue.Task> tasks) throws IOException {
    for (WorkQueue.Task task : tasks) {
      if (!queue.offer(task)) {
        compare(task);
      }
    }
  }

  // Masks what a source has and the directory has not; a huge directory has no list of all names.
  private void mask(DirectoryFrame frame, Optional<byte[][]> all) throws IOException {
    for (int i = 0; i < frame.descriptors().length; i++) {
      int source = frame.sources()[i];
      int descriptor = frame.descriptors()[i];
      Supplier<Path> shown = () -> roots.at(source, frame.bytes(Roots.SELF));
      DirectoryListing listing = new DirectoryListing(HUGE);
      while (!listing.ended()) {
        queue.check();
        for (byte[] name : listing.next(descriptor, entries, shown)) {
          if (!has(frame, all, name) && comparator.find(frame, name, names.string(name)) == i) {
            visitor.masked(frame.path(name), Mask.WHITEOUT);
          }
        }
      }
    }
  }

  private boolean has(DirectoryFrame frame, Optional<byte[][]> all, byte[] name)
      throws IOException {
    return all.isPresent()
        ? Arrays.binarySearch(all.get(), name, Arrays::compareUnsigned) >= 0
        : mine.read(frame.directory(), names.string(name), () -> roots.at(frame.bytes(name)));
  }

  // Decides on entries; returns the directories among them.
  private List<WorkQueue.Task> entries(DirectoryFrame frame, byte[][] part) throws IOException {
    List<WorkQueue.Task> below = new ArrayList<>();
    for (byte[] name : part) {
      queue.check();
      long address = names.string(name);
      Supplier<Path> shown = () -> roots.at(frame.bytes(name));
      // Gone meanwhile: nothing to say.
      if (mine.read(frame.directory(), address, shown)) {
        Optional<Obstacle> obstacle = obstacle(frame, name, shown);
        if (obstacle.isPresent()) {
          visitor.obstacle(frame.path(name), obstacle.get());
        } else if (mine.type() == FileStatus.DIRECTORY) {
          visitor.kept(frame.path(name), Reason.DIRECTORY);
          below.add(new WorkQueue.Task(frame.bytes(name), frame.sources()));
        } else {
          decide(frame, new EntryComparator.Entry(name, address, mine));
        }
      }
    }
    return below;
  }

  private Optional<Obstacle> obstacle(DirectoryFrame frame, byte[] name, Supplier<Path> shown)
      throws IOException {
    if (mine.mount() != roots.mount()) {
      return Optional.of(Obstacle.MOUNT_POINT);
    }
    if (mine.isWhiteout()) {
      return Optional.of(Obstacle.WHITEOUT);
    }
    if (mine.type() == FileStatus.DIRECTORY) {
      return frame.bytes(name).length > Comparison.LONGEST
          ? Optional.of(Obstacle.TOO_DEEP)
          : Optional.empty();
    }
    if (frame.isImpure()) {
      ExtendedAttributes.File file = ExtendedAttributes.File.of(frame.directory(), name);
      if (attributes.mark(file, shown) != Attributes.Mark.NONE) {
        return Optional.of(Obstacle.OVERLAY_ATTRIBUTE);
      }
    }
    return Optional.empty();
  }

  private void decide(DirectoryFrame frame, EntryComparator.Entry entry) throws IOException {
    EntryComparator.Verdict verdict = comparator.decide(frame, entry);
    Path path = frame.path(entry.name());
    if (verdict.reason() != null) {
      visitor.kept(path, verdict.reason());
      return;
    }
    FileStatus found = comparator.found();
    int source = frame.sources()[verdict.place()];
    visitor.shared(
        new Visitor.Shared(
            path, contentSize(), mine.allocated(), source, Stamp.of(mine), Stamp.of(found)));
  }

  private long contentSize() {
    return mine.type() == FileStatus.REGULAR || mine.type() == FileStatus.LINK ? mine.size() : 0;
  }
}
