package io.overc.internal.compare;

import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.NativeBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compares extended attributes. Those of overlayfs itself, which a view never shows, are apart: see
 * {@link Mark}. Not thread-safe.
 */
final class Attributes {
  private static final String OVERLAY = "trusted.overlay.";
  private static final String OPAQUE = OVERLAY + "opaque";
  private static final String IMPURE = OVERLAY + "impure";

  // What an overlay leaves behind in its upper layer, and what changes nothing in another.
  private static final Set<String> HARMLESS = Set.of(IMPURE, OVERLAY + "origin", OVERLAY + "uuid");

  private final ExtendedAttributes reader = new ExtendedAttributes();
  private final NativeBuffer mine = new NativeBuffer(ExtendedAttributes.LONGEST);
  private final NativeBuffer theirs = new NativeBuffer(ExtendedAttributes.LONGEST);

  enum Mark {
    NONE,
    /** Files in this directory were copied up, so they may have marks; others have none. */
    IMPURE,
    /** Lower layers do not contribute to this directory. */
    OPAQUE,
    /** Something else, as a redirection; what a view would show cannot be known. */
    STRANGE
  }

  // Whether both have the same attributes with the same values.
  boolean same(ExtendedAttributes.File one, ExtendedAttributes.File other, Supplier<Path> shown)
      throws IOException {
    Set<String> wanted = names(one, shown);
    if (!wanted.equals(names(other, shown))) {
      return false;
    }
    for (String name : wanted) {
      // A capability or a label that differs is as bad as other bytes.
      long length = reader.read(one, name, mine);
      if (length != reader.read(other, name, theirs)
          || length < 0
          || !mine.sameAs(theirs, (int) length)) {
        return false;
      }
    }
    return true;
  }

  Mark mark(ExtendedAttributes.File file, Supplier<Path> shown) throws IOException {
    Mark mark = Mark.NONE;
    for (String name : names(file, shown)) {
      if (name.equals(OPAQUE) && isYes(file)) {
        mark = mark == Mark.STRANGE ? mark : Mark.OPAQUE;
      } else if (name.startsWith(OVERLAY)) {
        mark = Mark.STRANGE;
      }
    }
    return mark == Mark.NONE && reader.read(file, IMPURE, theirs) >= 0 ? Mark.IMPURE : mark;
  }

  private boolean isYes(ExtendedAttributes.File file) {
    return reader.read(file, OPAQUE, theirs) == 1 && theirs.bytes().get(0) == 'y';
  }

  private Set<String> names(ExtendedAttributes.File file, Supplier<Path> shown) throws IOException {
    Set<String> names = reader.names(file, shown);
    if (names.isEmpty()) {
      return names;
    }
    Set<String> relevant = new HashSet<>(names);
    relevant.removeAll(HARMLESS);
    return relevant;
  }
}
