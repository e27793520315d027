package io.overc.btrfs.state;

import io.overc.btrfs.fs.Libc;
import io.overc.error.BusyException;
import io.overc.error.OvercException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one operation at a time change the host, across processes. It is a lock of the kernel on a
 * file: it dies with its holder, so it can never be stale.
 */
final class HostLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostLock.class);
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final Pattern PID = Pattern.compile("pid (\\d+)");

  private final Libc.Lock lock;

  private HostLock(Libc.Lock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @param state the directory for our own state
   * @param verb what it is taken for; told to those who come too late
   * @throws BusyException if another operation holds it
   */
  static HostLock take(Path state, String verb) {
    Path file = file(state);
    try {
      Files.createDirectories(state);
      if (!Files.exists(file)) {
        Files.write(file, new byte[0], StandardOpenOption.CREATE);
      }
      Libc.Lock lock =
          Libc.lock(file).orElseThrow(() -> new BusyException("The host", holder(file)));
      tellHolder(file, verb);
      return new HostLock(lock);
    } catch (IOException e) {
      throw new OvercException("Could not lock the host: " + e, e);
    }
  }

  /** On a full disk the name of the holder may be missing; the lock is held all the same. */
  private static void tellHolder(Path file, String verb) {
    try {
      Files.writeString(file, "pid " + ProcessHandle.current().pid() + ": " + verb + "\n");
    } catch (IOException e) {
      LOG.warn("Could not write who holds the lock of the host: {}", e.toString());
    }
  }

  /**
   * Tells whether some process holds the lock, without touching it: the kernel lists locks by
   * process and inode.
   *
   * @param state the directory for our own state
   */
  static boolean isHeld(Path state) {
    Path file = file(state);
    try {
      if (!Files.exists(file)) {
        return false;
      }
      Matcher pid = PID.matcher(holder(file));
      Pattern held =
          Pattern.compile(
              "FLOCK +ADVISORY +WRITE +%s \\S+:%s "
                  .formatted(
                      pid.lookingAt() ? pid.group(1) : "\\d+",
                      Files.getAttribute(file, "unix:ino")));
      return Files.readAllLines(LOCKS).stream().anyMatch(line -> held.matcher(line).find());
    } catch (IOException e) {
      return false;
    }
  }

  private static String holder(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Path file(Path state) {
    return state.resolve("lock");
  }

  @Override
  public void close() {
    lock.close();
  }
}
