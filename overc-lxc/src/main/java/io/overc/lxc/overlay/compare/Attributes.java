package io.overc.lxc.overlay.compare;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Supplier;

/**
 * Reads extended attributes of all name spaces. Not thread-safe.
 *
 * <p>Those of overlayfs itself, which a view never shows, are apart: see {@link Mark}.
 */
final class Attributes {
  private static final String OVERLAY = "trusted.overlay.";
  private static final String OPAQUE = OVERLAY + "opaque";
  private static final String IMPURE = OVERLAY + "impure";

  /** What an overlay leaves behind in its upper layer, and what changes nothing in another. */
  private static final Set<String> HARMLESS = Set.of(IMPURE, OVERLAY + "origin", OVERLAY + "uuid");

  /** What no kernel exceeds: a list of names, or a value. */
  private static final int LONGEST = 65536;

  private static final int ERANGE = 34;
  private static final int ENODATA = 61;
  private static final int EOPNOTSUPP = 95;

  private final NativeBuffer names = new NativeBuffer(256);
  private final NativeBuffer few = new NativeBuffer(256);
  private final NativeBuffer mine = new NativeBuffer(LONGEST);
  private final NativeBuffer theirs = new NativeBuffer(LONGEST);

  /** What overlayfs has noted about a file. */
  enum Mark {
    /** Nothing that matters. */
    NONE,
    /** Files in this directory were copied up, so they may have marks; others have none. */
    IMPURE,
    /** Lower layers do not contribute to this directory. */
    OPAQUE,
    /** Something else, as a redirection; what a view would show cannot be told. */
    STRANGE
  }

  /** Says whether two files have the same attributes with the same values. */
  boolean same(Handle one, Handle other, Supplier<Path> what) throws IOException {
    Set<String> wanted = names(one, what);
    Set<String> found = names(other, what);
    if (!wanted.equals(found)) {
      return false;
    }
    for (String name : wanted) {
      long address = names.string(name.getBytes(StandardCharsets.ISO_8859_1));
      long length = one.get(address, mine);
      if (length != other.get(address, theirs)
          || length < 0
          || !mine.sameAs(theirs, (int) length)) {
        return false;
      }
    }
    return true;
  }

  /** Tells what overlayfs has noted about a file. */
  Mark mark(Handle file, Supplier<Path> what) throws IOException {
    Mark mark = Mark.NONE;
    for (String name : names(file, what)) {
      if (name.equals(OPAQUE) && isYes(file)) {
        mark = mark == Mark.STRANGE ? mark : Mark.OPAQUE;
      } else if (name.startsWith(OVERLAY)) {
        mark = Mark.STRANGE;
      }
    }
    return mark == Mark.NONE && isImpure(file) ? Mark.IMPURE : mark;
  }

  private boolean isYes(Handle file) {
    long length = file.get(names.string(OPAQUE.getBytes(StandardCharsets.ISO_8859_1)), theirs);
    return length == 1 && theirs.bytes().get(0) == 'y';
  }

  private boolean isImpure(Handle file) {
    return file.get(names.string(IMPURE.getBytes(StandardCharsets.ISO_8859_1)), theirs) >= 0;
  }

  private Set<String> names(Handle file, Supplier<Path> what) throws IOException {
    // The kernel clears as much memory as it is offered: mostly there is nothing to tell.
    NativeBuffer list = few;
    long length = file.list(list);
    if (length == 0) {
      return Set.of();
    }
    if (length < 0 && Libc.error() == ERANGE) {
      list = mine;
      length = file.list(list);
    }
    if (length < 0) {
      int error = Libc.error();
      if (error == ENODATA || error == EOPNOTSUPP) {
        return Set.of();
      }
      throw Libc.failure("read the extended attributes", what.get());
    }
    byte[] bytes = new byte[(int) length];
    list.bytes().get(0, bytes);
    Set<String> names = new HashSet<>();
    StringTokenizer each =
        new StringTokenizer(new String(bytes, StandardCharsets.ISO_8859_1), "\0");
    while (each.hasMoreTokens()) {
      String name = each.nextToken();
      if (!HARMLESS.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Names a file for {@link Attributes}. */
  interface Handle {
    /** Lists names, as listxattr(2). */
    long list(NativeBuffer into);

    /** Reads a value, as getxattr(2). */
    long get(long name, NativeBuffer into);

    /** Names an open file. */
    static Handle of(int descriptor) {
      return new Handle() {
        @Override
        public long list(NativeBuffer into) {
          return Libc.flistxattr(descriptor, into.address(), into.size());
        }

        @Override
        public long get(long name, NativeBuffer into) {
          return Libc.fgetxattr(descriptor, name, into.address(), into.size());
        }
      };
    }

    /** Names an entry of an open directory, which itself must not be opened, or cannot be. */
    static Handle of(int directory, byte[] entry) {
      byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.ISO_8859_1);
      NativeBuffer path = new NativeBuffer(prefix.length + entry.length + 1);
      path.bytes().put(0, prefix);
      path.string(prefix.length, entry);
      return new Handle() {
        @Override
        public long list(NativeBuffer into) {
          try {
            return Libc.llistxattr(path.address(), into.address(), into.size());
          } finally {
            Reference.reachabilityFence(path);
          }
        }

        @Override
        public long get(long name, NativeBuffer into) {
          try {
            return Libc.lgetxattr(path.address(), name, into.address(), into.size());
          } finally {
            Reference.reachabilityFence(path);
          }
        }
      };
    }
  }
}
