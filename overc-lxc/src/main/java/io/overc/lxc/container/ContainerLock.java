package io.overc.lxc.container;

import io.overc.error.BusyException;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one operation at a time change a container, across processes. It is a lock of the kernel on
 * a file, so it dies with its holder.
 *
 * <p>The kernel's lock belongs to the process: closing <em>any</em> descriptor of the file releases
 * it, one that was opened only to find out that the lock is taken included. So the threads of this
 * process settle it among themselves before the file is opened. For the same reason the file is
 * never deleted: two processes could then hold locks on two files of one name.
 */
public final class ContainerLock implements AutoCloseable {
  private static final ConcurrentHashMap<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private ContainerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file the lock file
   * @param subject what is locked, for the message
   * @param verb what it is taken for; told to those who come too late
   * @throws BusyException if another operation holds it
   */
  public static ContainerLock take(Path file, String subject, String verb) {
    String here = HELD_HERE.putIfAbsent(file, verb);
    if (here != null) {
      throw new BusyException(subject, "this process: " + here);
    }
    boolean taken = false;
    try {
      Disk.directories(Disk.parent(file));
      ContainerLock lock = new ContainerLock(file, open(file, subject, verb));
      taken = true;
      return lock;
    } catch (IOException e) {
      throw Disk.failed("lock " + subject, e);
    } finally {
      if (!taken) {
        HELD_HERE.remove(file);
      }
    }
  }

  private static FileChannel open(Path file, String subject, String verb) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new BusyException(subject, Disk.read(file).orElse("another process").strip());
      }
      String holder = "pid " + ProcessHandle.current().pid() + ": " + verb + "\n";
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Disk.failed("unlock " + file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
