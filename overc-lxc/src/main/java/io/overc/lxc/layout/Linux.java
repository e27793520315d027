package io.overc.lxc.layout;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.ExtendedAttributes;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system calls on which overlays rest and that the JDK does not offer. */
final class Linux {
  private static final int S_IFCHR = 0020000;
  private static final String OVERLAY = "trusted.overlay.";
  private static final String OPAQUE = OVERLAY + "opaque";

  private static final ThreadLocal<ExtendedAttributes> READER =
      ThreadLocal.withInitial(ExtendedAttributes::new);
  private static final ThreadLocal<NativeBuffer> VALUE =
      ThreadLocal.withInitial(() -> new NativeBuffer(ExtendedAttributes.LONGEST));

  private Linux() {}

  /** Makes a whiteout: a character device 0/0. */
  static void whiteout(Path path) throws IOException {
    check(
        Libc.mknodat(Libc.AT_FDCWD, RawPath.terminated(path), S_IFCHR, 0),
        "make the whiteout",
        path);
  }

  static void makeOpaque(Path directory) throws IOException {
    int result = ExtendedAttributes.File.of(directory).set(OPAQUE, new byte[] {'y'});
    check(result, "mark as opaque", directory);
  }

  static boolean isOpaque(Path directory) throws IOException {
    try {
      byte[] value = attributes(directory, true).get(OPAQUE);
      return value != null && value.length == 1 && value[0] == 'y';
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Removes what an overlay left on a file of its upper layer. */
  static void removeOverlayAttributes(Path file) throws IOException {
    for (String name : attributes(file, true).keySet()) {
      check(ExtendedAttributes.File.of(file).remove(name), "remove " + name, file);
    }
  }

  /** Returns the extended attributes of a file, but for those by which an overlay works. */
  static SortedMap<String, byte[]> attributes(Path file) throws IOException {
    return attributes(file, false);
  }

  private static SortedMap<String, byte[]> attributes(Path file, boolean ofOverlay)
      throws IOException {
    ExtendedAttributes.File attributes = ExtendedAttributes.File.of(file);
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (String name : READER.get().names(attributes, () -> file)) {
      if (name.startsWith(OVERLAY) == ofOverlay) {
        long length = READER.get().read(attributes, name, VALUE.get());
        if (length >= 0) {
          found.put(name, VALUE.get().copy(0, (int) length));
        } else if (Errno.last() != Errno.ENODATA) {
          throw Errno.failure("read the extended attributes", file);
        }
      }
    }
    return found;
  }

  private static void check(int result, String attempt, Path file) throws IOException {
    if (result != 0) {
      throw Errno.failure(attempt, file);
    }
  }
}
