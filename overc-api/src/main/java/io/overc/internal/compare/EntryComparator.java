package io.overc.internal.compare;

import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.FileStatus;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.ReadOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on an entry that is no directory: first by what its status tells, then by its attributes,
 * then by its content. Not thread-safe.
 */
final class EntryComparator {
  private static final long TICK_NANOS = 1_000_000;

  // Two ticks of the slowest kernel's clock.
  private static final long RECENT_MILLIS = 20;

  private final Roots roots;
  private final Attributes attributes;
  private final Contents contents;
  private final FileStatus theirs = new FileStatus();
  private final FileStatus after = new FileStatus();

  EntryComparator(Roots roots, Attributes attributes, Contents contents) {
    this.roots = roots;
    this.attributes = attributes;
    this.contents = contents;
  }

  /** An entry to compare: its name as bytes and as the address of a string, and its status. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(byte[] name, long address, FileStatus status) {}

  /** Result: the place of the identical entry in the frame's sources, or why the entry stays. */
  record Verdict(int place, @Nullable Reason reason) {}

  FileStatus found() {
    return theirs;
  }

  // Finds the entry that the lower layers show: its place in the frame's sources, or -1 if they
  // show nothing.
  int find(DirectoryFrame frame, byte[] name, long address) throws IOException {
    int[] descriptors = frame.descriptors();
    for (int i = 0; i < descriptors.length; i++) {
      int source = frame.sources()[i];
      if (theirs.read(descriptors[i], address, () -> roots.at(source, frame.bytes(name)))) {
        return theirs.isWhiteout() ? -1 : i;
      }
    }
    return -1;
  }

  Verdict decide(DirectoryFrame frame, Entry entry) throws IOException {
    FileStatus mine = entry.status();
    if (mine.type() == FileStatus.SOCKET) {
      return kept(Reason.SOCKET);
    }
    if (mine.links() > 1) {
      return kept(Reason.HARD_LINK);
    }
    if (mine.isImmutable()) {
      return kept(Reason.IMMUTABLE);
    }
    int place = find(frame, entry.name(), entry.address());
    if (place < 0) {
      return kept(Reason.NOT_IN_SOURCES);
    }
    Reason reason = byStatus(mine, roots.mount(frame.sources()[place]));
    if (reason == null && (isRecent(mine) || isRecent(theirs))) {
      return settled(frame, place, entry) ? decide(frame, entry) : kept(Reason.CHANGED);
    }
    if (reason == null) {
      reason =
          mine.type() == FileStatus.REGULAR
              ? file(frame, place, entry)
              : other(frame, place, entry);
    }
    return new Verdict(place, reason);
  }

  // Waits until a change would give a file another time than it has; most kernels tell time in
  // ticks, so that one more change within the same tick could not be told.
  private boolean settled(DirectoryFrame frame, int place, Entry entry) throws IOException {
    Supplier<Path> shown = () -> roots.at(frame.bytes(entry.name()));
    while (isRecent(entry.status()) || isRecent(theirs)) {
      contents.check();
      LockSupport.parkNanos(TICK_NANOS);
      if (!after.read(frame.directory(), entry.address(), shown)
          || !stillIs(true, entry.status())
          || !after.read(frame.descriptors()[place], entry.address(), shown)
          || !stillIs(true, theirs)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Reason byStatus(FileStatus mine, long mount) {
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
    if (mine.isDevice() && !mine.sameDevice(theirs)) {
      return Reason.DEVICE;
    }
    if (mine.type() == FileStatus.REGULAR && mine.size() != theirs.size()) {
      return Reason.CONTENT;
    }
    return null;
  }

  private @Nullable Reason file(DirectoryFrame frame, int place, Entry entry) throws IOException {
    int one = ReadOnly.open(frame.directory(), entry.address(), 0);
    if (one < 0) {
      return Reason.UNREADABLE;
    }
    try {
      int other = ReadOnly.open(frame.descriptors()[place], entry.address(), 0);
      if (other < 0) {
        return Reason.UNREADABLE;
      }
      try {
        Supplier<Path> shown = () -> roots.at(frame.bytes(entry.name()));
        if (!attributes.same(
            ExtendedAttributes.File.of(one), ExtendedAttributes.File.of(other), shown)) {
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

  private static boolean isRecent(FileStatus status) {
    long ago = System.currentTimeMillis() - status.changed() / 1_000_000;
    return ago >= 0 && ago < RECENT_MILLIS;
  }

  private static boolean isSparse(FileStatus status) {
    return status.allocated() < status.size();
  }

  private @Nullable Reason other(DirectoryFrame frame, int place, Entry entry) throws IOException {
    int one = frame.directory();
    int other = frame.descriptors()[place];
    Supplier<Path> shown = () -> roots.at(frame.bytes(entry.name()));
    if (!attributes.same(
        ExtendedAttributes.File.of(one, entry.name()),
        ExtendedAttributes.File.of(other, entry.name()),
        shown)) {
      return Reason.ATTRIBUTES;
    }
    Reason reason =
        entry.status().type() == FileStatus.LINK
            ? reason(contents.compareLinks(one, other, entry.address()), Reason.TARGET)
            : null;
    boolean changed =
        !stillIs(after.read(one, entry.address(), shown), entry.status())
            || !stillIs(after.read(other, entry.address(), shown), theirs);
    return reason == null && changed ? Reason.CHANGED : reason;
  }

  private boolean stillIs(boolean found, FileStatus before) {
    return found && after.sameState(before);
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
