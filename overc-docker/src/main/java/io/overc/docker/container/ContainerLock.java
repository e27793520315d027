package io.overc.docker.container;

import io.overc.docker.engine.Digest;
import io.overc.error.BusyException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lock of one container across the processes of this machine; it dies with its holder.
 */
public final class ContainerLock implements AutoCloseable {
  private final FileChannel channel;

  private ContainerLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or says that the container is busy. The command tells engines apart.
   *
   * @param directory where locks are
   * @param command the docker command
   * @param container the container
   * @return the lock, until it is closed
   * @throws BusyException if somebody has it
   */
  public static ContainerLock take(Path directory, List<String> command, String container) {
    String engine = String.join(" ", command) + System.getenv().getOrDefault("DOCKER_HOST", "");
    Path file = directory.resolve(container + "-" + Digest.of(engine).substring(0, 12));
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new BusyException(
            "the container '" + container + "'", "see who has " + file + " open");
      }
      return new ContainerLock(channel);
    } catch (IOException e) {
      throw new OvercException("Could not lock the container " + container + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new OvercException("Could not release the lock of a container: " + e, e);
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
