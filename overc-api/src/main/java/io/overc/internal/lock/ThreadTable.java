package io.overc.internal.lock;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which lock files the threads of this JVM hold, and for what. */
final class ThreadTable {
  private static final ConcurrentMap<String, String> HELD = new ConcurrentHashMap<>();

  private ThreadTable() {}

  /** Enters a holder; false if there is one. */
  static boolean enter(String key, String holder) {
    return HELD.putIfAbsent(key, holder) == null;
  }

  static void leave(String key) {
    HELD.remove(key);
  }

  static Optional<String> holder(String key) {
    return Optional.ofNullable(HELD.get(key));
  }

  // Returns what tells a lock file from others without opening it: its directory, by whatever path
  // it is reached, and its name.
  static String key(Path directory, Path file) throws IOException {
    Object identity = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    String within =
        directory.getFileSystem() == FileSystems.getDefault()
            ? ""
            : System.identityHashCode(directory.getFileSystem()) + ":";
    return within
        + (identity == null ? directory.toRealPath() : identity)
        + "/"
        + file.toUri().getRawPath().replaceFirst(".*/(?=[^/])", "");
  }
}
