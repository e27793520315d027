package io.overc.lxc.overlay;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The system calls on which overlays rest and that the JDK does not offer. */
final class Linux {
  private static final int S_IFCHR = 0020000;
  private static final int ENOENT = 2;
  private static final int ENODATA = 61;
  private static final int ENOTSUP = 95;

  /** Of a value, and of the list of names: XATTR_SIZE_MAX and XATTR_LIST_MAX of linux/limits.h. */
  private static final int LONGEST = 1 << 16;

  private static final String OVERLAY = "trusted.overlay.";
  private static final byte[] OPAQUE = name(OVERLAY + "opaque");

  private Linux() {}

  /** Makes a whiteout: a character device 0/0. */
  static void whiteout(Path path) throws IOException {
    call("make the whiteout", path, () -> Calls.INSTANCE.mknod(terminated(path), S_IFCHR, 0));
  }

  /** Makes an overlay hide what lower layers have in a directory. */
  static void makeOpaque(Path directory) throws IOException {
    byte[] yes = {'y'};
    call(
        "mark as opaque",
        directory,
        () -> Calls.INSTANCE.lsetxattr(terminated(directory), OPAQUE, yes, yes.length, 0));
  }

  /** Tells whether a directory hides what lower layers have in it. */
  static boolean isOpaque(Path directory) throws IOException {
    byte[] value = new byte[8];
    long length =
        get(() -> Calls.INSTANCE.lgetxattr(terminated(directory), OPAQUE, value, value.length));
    return length == 1 && value[0] == 'y';
  }

  /** Removes what an overlay left on a file of its upper layer. */
  static void removeOverlayAttributes(Path file) throws IOException {
    for (String attribute : names(file)) {
      if (attribute.startsWith(OVERLAY)) {
        call(
            "remove " + attribute + " of",
            file,
            () -> Calls.INSTANCE.lremovexattr(terminated(file), name(attribute)));
      }
    }
  }

  /** Returns the extended attributes of a file, but for those by which an overlay works. */
  static SortedMap<String, byte[]> attributes(Path file) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    for (String attribute : names(file)) {
      if (!attribute.startsWith(OVERLAY)) {
        byte[] value = new byte[LONGEST];
        byte[] path = terminated(file);
        byte[] name = name(attribute);
        long length = get(() -> Calls.INSTANCE.lgetxattr(path, name, value, value.length));
        if (length >= 0) {
          found.put(attribute, Arrays.copyOf(value, (int) length));
        }
      }
    }
    return found;
  }

  private static List<String> names(Path file) throws IOException {
    byte[] path = terminated(file);
    if (get(() -> Calls.INSTANCE.llistxattr(path, new byte[0], 0)) <= 0) {
      return List.of();
    }
    byte[] names = new byte[LONGEST];
    long filled = get(() -> Calls.INSTANCE.llistxattr(path, names, names.length));
    List<String> found = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < filled; i++) {
      if (names[i] == 0) {
        found.add(new String(names, start, i - start, StandardCharsets.ISO_8859_1));
        start = i + 1;
      }
    }
    return found;
  }

  /** Asks for something that may not be there. */
  private static long get(Question question) throws IOException {
    try {
      return question.ask();
    } catch (LastErrorException e) {
      if (Set.of(ENOENT, ENODATA, ENOTSUP).contains(e.getErrorCode())) {
        return -1;
      }
      throw new IOException("cannot read extended attributes: " + e.getMessage(), e);
    }
  }

  private static void call(String attempt, Path path, Question question) throws IOException {
    try {
      question.ask();
    } catch (LastErrorException e) {
      throw new IOException(
          "cannot %s %s: %s".formatted(attempt, RawPaths.shown(path), e.getMessage()), e);
    }
  }

  private static byte[] terminated(Path path) {
    byte[] bytes = RawPaths.bytes(path);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static byte[] name(String attribute) {
    byte[] bytes = attribute.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /** Asks the kernel. */
  @FunctionalInterface
  private interface Question {
    long ask();
  }

  /** Of the C library; every call throws the error it sets. */
  interface Calls extends Library {
    Calls INSTANCE = Native.load("c", Calls.class, Map.of());

    int mknod(byte[] path, int mode, long device) throws LastErrorException;

    int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags)
        throws LastErrorException;

    long lgetxattr(byte[] path, byte[] name, byte[] value, long size) throws LastErrorException;

    long llistxattr(byte[] path, byte[] names, long size) throws LastErrorException;

    int lremovexattr(byte[] path, byte[] name) throws LastErrorException;
  }
}
