package io.overc.internal.compare;

import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import java.io.IOException;

/** Compares bytes. Not thread-safe. */
final class Contents {
  private static final int BLOCK = 128 * 1024;

  private final NativeBuffer mine = new NativeBuffer(BLOCK);
  private final NativeBuffer theirs = new NativeBuffer(BLOCK);
  private final Progress progress;

  @FunctionalInterface
  interface Progress {
    void check() throws IOException;
  }

  Contents(Progress progress) {
    this.progress = progress;
  }

  enum Outcome {
    SAME,
    DIFFERENT,
    UNREADABLE
  }

  void check() throws IOException {
    progress.check();
  }

  // Compares two open files of the same size; sparse if both have holes, which need not be read.
  Outcome compare(int one, int other, long size, boolean sparse) throws IOException {
    for (long at = 0; at < size; at += BLOCK) {
      if (sparse) {
        at = Math.min(Libc.nextData(one, at, size), Libc.nextData(other, at, size));
      }
      if (at > 0) {
        progress.check();
      }
      int wanted = (int) Math.min(BLOCK, size - at);
      int got = read(one, mine, wanted, at);
      int alsoGot = read(other, theirs, wanted, at);
      if (got < 0 || alsoGot < 0) {
        return Outcome.UNREADABLE;
      }
      // Less than wanted: it was cut meanwhile.
      if (got != wanted || alsoGot != wanted || !mine.sameAs(theirs, wanted)) {
        return Outcome.DIFFERENT;
      }
    }
    return Outcome.SAME;
  }

  /** Compares the targets of two symbolic links; both have the same name. */
  Outcome compareLinks(int directory, int otherDirectory, long name) {
    long length = Libc.readlinkat(directory, name, mine.address(), mine.size());
    long alsoLength = Libc.readlinkat(otherDirectory, name, theirs.address(), theirs.size());
    if (length < 0 || alsoLength < 0) {
      return Outcome.UNREADABLE;
    }
    return length == alsoLength && mine.sameAs(theirs, (int) length)
        ? Outcome.SAME
        : Outcome.DIFFERENT;
  }

  private static int read(int descriptor, NativeBuffer into, int wanted, long at) {
    int got = 0;
    while (got < wanted) {
      long more = Libc.pread(descriptor, into.address() + got, wanted - got, at + got);
      if (more < 0) {
        return -1;
      }
      if (more == 0) {
        break;
      }
      got += (int) more;
    }
    return got;
  }
}
