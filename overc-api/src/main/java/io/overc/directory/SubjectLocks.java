package io.overc.directory;

import io.overc.error.BusyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Locks one subject at a time, against the threads of this process and against other processes. A
 * lock dies with its holder; its file stays, for removing it would let two hold it.
 */
final class SubjectLocks {
  private final Path root;
  private final Set<String> held = ConcurrentHashMap.newKeySet();

  SubjectLocks(Path root) {
    this.root = root;
  }

  <T> T holding(String subject, String operation, Attempt.Work<T> work) throws IOException {
    if (!held.add(subject)) {
      throw new BusyException("the directory " + subject, "another thread of this process");
    }
    try {
      Files.createDirectories(root);
      Path file = root.resolve(".lock-" + subject);
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        if (tryLock(channel) == null) {
          throw new BusyException("the directory " + subject, Files.readString(file).strip());
        }
        String holder = "pid " + ProcessHandle.current().pid() + ": " + operation;
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
        return work.run();
      }
    } finally {
      held.remove(subject);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
