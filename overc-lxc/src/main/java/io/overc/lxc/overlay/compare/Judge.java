package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on an entry that is no directory: first by what its status tells, then by its attributes,
 * then by its content. Not thread-safe.
 */
final class Judge {
  private static final long TICK_NANOS = 1_000_000;

  private final Roots roots;
  private final Attributes attributes;
  private final Contents contents;
  private final Status theirs = new Status();
  private final Status after = new Status();

  Judge(Roots roots, Attributes attributes, Contents contents) {
    this.roots = roots;
    this.attributes = attributes;
    this.contents = contents;
  }

  /** What is compared: an entry's name, as bytes and where C finds it, and what it is. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(byte[] name, long address, Status status) {}

  /** What came of it: where it is found if it is identical, or why it stays. */
  record Verdict(int place, @Nullable Reason reason) {}

  /** Returns what the source has that {@link #find} found. */
  Status found() {
    return theirs;
  }

  /**
   * Finds what the lower layers show.
   *
   * @return the place in the level's sources, or -1 if they show nothing
   */
  int find(Level level, byte[] name, long address) throws IOException {
    int[] descriptors = level.descriptors();
    for (int i = 0; i < descriptors.length; i++) {
      int source = level.sources()[i];
      if (theirs.read(descriptors[i], address, () -> roots.at(source, level.bytes(name)))) {
        return theirs.isWhiteout() ? -1 : i;
      }
    }
    return -1;
  }

  /** Decides; the entry is no directory. */
  Verdict decide(Level level, Entry entry) throws IOException {
    Status mine = entry.status();
    if (mine.type() == Status.SOCKET) {
      return kept(Reason.SOCKET);
    }
    if (mine.links() > 1) {
      return kept(Reason.HARD_LINK);
    }
    if (mine.isImmutable()) {
      return kept(Reason.IMMUTABLE);
    }
    int place = find(level, entry.name(), entry.address());
    if (place < 0) {
      return kept(Reason.NOT_IN_SOURCES);
    }
    Reason reason = byStatus(mine, roots.mount(level.sources()[place]));
    if (reason == null && (mine.isRecent() || theirs.isRecent())) {
      return settled(level, place, entry) ? decide(level, entry) : kept(Reason.CHANGED);
    }
    if (reason == null) {
      reason =
          mine.type() == Status.REGULAR ? file(level, place, entry) : other(level, place, entry);
    }
    return new Verdict(place, reason);
  }

  /**
   * Waits until a change would give a file another time than it has; most kernels tell time in
   * ticks, so that one more change within the same tick could not be told.
   *
   * @return whether it is still there to decide on
   */
  private boolean settled(Level level, int place, Entry entry) throws IOException {
    Supplier<Path> what = () -> roots.at(level.bytes(entry.name()));
    while (entry.status().isRecent() || theirs.isRecent()) {
      contents.check();
      LockSupport.parkNanos(TICK_NANOS);
      if (!after.read(level.directory(), entry.address(), what)
          || !stillIs(true, entry.status())
          || !after.read(level.descriptors()[place], entry.address(), what)
          || !stillIs(true, theirs)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Reason byStatus(Status mine, long mount) {
    if (theirs.mount() != mount) {
      return Reason.OBSCURED;
    }
    if (mine.type() != theirs.type()) {
      return Reason.TYPE;
    }
    if (theirs.links() > 1) {
      return Reason.HARD_LINK;
    }
    // A link's own permissions mean nothing and are the same everywhere.
    if (mine.mode() != theirs.mode()) {
      return Reason.MODE;
    }
    if (!mine.sameOwner(theirs)) {
      return Reason.OWNER;
    }
    if (mine.isDevice() && !mine.sameNumber(theirs)) {
      return Reason.DEVICE;
    }
    if (mine.type() == Status.REGULAR && mine.size() != theirs.size()) {
      return Reason.CONTENT;
    }
    return null;
  }

  private @Nullable Reason file(Level level, int place, Entry entry) throws IOException {
    int one = Libc.open(level.directory(), entry.address());
    if (one < 0) {
      return Reason.UNREADABLE;
    }
    try {
      int other = Libc.open(level.descriptors()[place], entry.address());
      if (other < 0) {
        return Reason.UNREADABLE;
      }
      try {
        Supplier<Path> what = () -> roots.at(level.bytes(entry.name()));
        if (!attributes.same(Attributes.Handle.of(one), Attributes.Handle.of(other), what)) {
          return Reason.ATTRIBUTES;
        }
        Reason reason =
            reason(
                contents.compare(
                    one,
                    other,
                    entry.status().size(),
                    isSparse(entry.status()) && isSparse(theirs)),
                Reason.CONTENT);
        // The open files, which are cheaper to ask: who takes their names away changes them.
        boolean changed =
            !stillIs(after.read(one), entry.status()) || !stillIs(after.read(other), theirs);
        return reason == null && changed ? Reason.CHANGED : reason;
      } finally {
        Libc.close(other);
      }
    } finally {
      Libc.close(one);
    }
  }

  private static boolean isSparse(Status status) {
    return status.allocated() < status.size();
  }

  private @Nullable Reason other(Level level, int place, Entry entry) throws IOException {
    int one = level.directory();
    int other = level.descriptors()[place];
    Supplier<Path> what = () -> roots.at(level.bytes(entry.name()));
    if (!attributes.same(
        Attributes.Handle.of(one, entry.name()), Attributes.Handle.of(other, entry.name()), what)) {
      return Reason.ATTRIBUTES;
    }
    Reason reason =
        entry.status().type() == Status.LINK
            ? reason(contents.compareLinks(one, other, entry.address()), Reason.TARGET)
            : null;
    boolean changed =
        !stillIs(after.read(one, entry.address(), what), entry.status())
            || !stillIs(after.read(other, entry.address(), what), theirs);
    return reason == null && changed ? Reason.CHANGED : reason;
  }

  private boolean stillIs(boolean found, Status before) {
    return found && after.sameStateAs(before);
  }

  private static @Nullable Reason reason(Contents.Outcome outcome, Reason different) {
    return switch (outcome) {
      case SAME -> null;
      case DIFFERENT -> different;
      case UNREADABLE -> Reason.UNREADABLE;
    };
  }

  private static Verdict kept(Reason reason) {
    return new Verdict(-1, reason);
  }
}
