package io.overc.lxc.layout;

import io.overc.internal.linux.Errno;
import io.overc.internal.linux.Libc;
import io.overc.internal.linux.NativeBuffer;
import io.overc.internal.linux.RawPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system calls on which overlays rest and that the JDK does not offer. */
final class Linux {
  private static final int S_IFCHR = 0020000;
  private static final Set<Integer> NOT_THERE =
      Set.of(Errno.ENOENT, Errno.ENODATA, Errno.EOPNOTSUPP);

  /** Of a value, and of the list of names: XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h. */
  private static final int LONGEST = 1 << 16;

  private static final String OVERLAY = "trusted.overlay.";
  private static final byte[] OPAQUE = name(OVERLAY + "opaque");

  private Linux() {}

  /** Makes a whiteout: a character device 0/0. */
  static void whiteout(Path path) throws IOException {
    check(
        Libc.mknodat(Libc.AT_FDCWD, RawPath.terminated(path), S_IFCHR, 0),
        "make the whiteout",
        path);
  }

  static void makeOpaque(Path directory) throws IOException {
    byte[] yes = {'y'};
    check(
        Libc.lsetxattr(RawPath.terminated(directory), OPAQUE, yes, yes.length, 0),
        "mark as opaque",
        directory);
  }

  static boolean isOpaque(Path directory) throws IOException {
    NativeBuffer value = new NativeBuffer(8);
    return value(directory, OPAQUE, value) == 1 && value.bytes().get(0) == 'y';
  }

  /** Removes what an overlay left on a file of its upper layer. */
  static void removeOverlayAttributes(Path file) throws IOException {
    for (String attribute : names(file)) {
      if (attribute.startsWith(OVERLAY)) {
        check(
            Libc.lremovexattr(RawPath.terminated(file), name(attribute)),
            "remove " + attribute,
            file);
      }
    }
  }

  /** Returns the extended attributes of a file, but for those by which an overlay works. */
  static SortedMap<String, byte[]> attributes(Path file) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    List<String> names = names(file);
    if (names.isEmpty()) {
      return found;
    }
    NativeBuffer value = new NativeBuffer(LONGEST);
    for (String attribute : names) {
      if (!attribute.startsWith(OVERLAY)) {
        long length = value(file, name(attribute), value);
        if (length >= 0) {
          found.put(attribute, value.copy(0, (int) length));
        }
      }
    }
    return found;
  }

  private static List<String> names(Path file) throws IOException {
    byte[] path = RawPath.terminated(file);
    if (found(Libc.llistxattr(path, 0, 0), file) <= 0) {
      return List.of();
    }
    NativeBuffer list = new NativeBuffer(LONGEST);
    long filled = found(Libc.llistxattr(path, list.address(), list.size()), file);
    byte[] names = list.copy(0, (int) Math.max(0, filled));
    List<String> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < names.length; i++) {
      if (names[i] == 0) {
        found.add(new String(names, start, i - start, StandardCharsets.ISO_8859_1));
        start = i + 1;
      }
    }
    return found;
  }

  private static long value(Path file, byte[] name, NativeBuffer into) throws IOException {
    return found(Libc.lgetxattr(RawPath.terminated(file), name, into.address(), into.size()), file);
  }

  /** Takes the answer about something that may not be there; then it is -1. */
  private static long found(long answer, Path file) throws IOException {
    if (answer < 0 && !NOT_THERE.contains(Errno.last())) {
      throw Errno.failure("read the extended attributes", file);
    }
    return answer;
  }

  private static void check(int result, String attempt, Path file) throws IOException {
    if (result != 0) {
      throw Errno.failure(attempt, file);
    }
  }

  private static byte[] name(String attribute) {
    byte[] bytes = attribute.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }
}
