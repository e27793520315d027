package io.overc.internal.lock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.overc.error.BusyException;
import io.overc.internal.file.PrivateDirectory;
import io.overc.internal.linux.Libc;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file by which one operation at a time works on something: across the threads of this JVM, and
 * across processes. The lock is the kernel's, so it dies with its holder and can never be stale;
 * the file holds the words of who took it last. It stays, but for those of a {@link LockDirectory}.
 *
 * <p>What lies at its path must be a plain file of this user or of root, with one name; links,
 * pipes and files of others are refused, not opened or waited for.
 */
public final class LockFile {
  private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path file;
  private final Path directory;
  private final String subject;
  private final LockPlace place;
  private final boolean fleeting;

  LockFile(Path file, String subject, LockPlace place, boolean fleeting) {
    this.file = file.toAbsolutePath();
    Path parent = this.file.getParent();
    this.directory = parent == null ? this.file : parent;
    this.subject = subject;
    this.place = place;
    this.fleeting = fleeting;
  }

  /**
   * Names a lock file in a directory that the caller chose and answers for; it is made if it is
   * missing.
   */
  public static LockFile at(Path file, String subject) {
    return new LockFile(file, subject, LockPlace.CHOSEN, false);
  }

  public Path path() {
    return file;
  }

  /** Takes the lock for a purpose that those who come too late are told, or refuses at once. */
  public HeldLock take(String purpose) throws IOException {
    return take(purpose, Duration.ZERO);
  }

  /** Takes the lock, waiting for whoever has it until {@link BusyException}. */
  public HeldLock take(String purpose, Duration patience) throws IOException {
    // Snapshots lie beside their lock, with programs that change the user.
    PrivateDirectory.ensure(directory);
    String key = ThreadTable.key(directory, file);
    String holder = "pid " + ProcessHandle.current().pid() + ": " + purpose;
    Deadline deadline = Deadline.in(patience);
    for (boolean waited = false; ; waited = true) {
      Optional<HeldLock> held = attempt(key, holder, waited);
      if (held.isPresent()) {
        return held.get();
      }
      if (deadline.passed()) {
        throw new BusyException(subject, holder(key));
      }
      Poll.pause(PAUSE, "the lock of " + subject);
    }
  }

  private Optional<HeldLock> attempt(String key, String holder, boolean waited) throws IOException {
    if (!ThreadTable.enter(key, holder)) {
      return Optional.empty();
    }
    Optional<Grip> grip = Optional.empty();
    try {
      grip =
          byKernel()
              ? KernelGrip.take(file, place, fleeting)
              : ChannelGrip.take(file, key, holder, place);
    } finally {
      if (grip.isEmpty()) {
        ThreadTable.leave(key);
      }
    }
    grip.ifPresent(taken -> tell(taken, holder));
    return grip.map(taken -> new HeldLock(key, taken, waited));
  }

  // On a full disk the name of the holder may be missing; the lock is held all the same.
  private void tell(Grip grip, String holder) {
    try {
      grip.tell((holder + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      LOG.warn("Could not write who holds the lock of {}: {}", subject, e.toString());
    }
  }

  private boolean byKernel() {
    return Libc.available() && file.getFileSystem() == FileSystems.getDefault();
  }

  /**
   * Tells whether somebody holds the lock, without touching it; false also if that cannot be found
   * out: without the C library, of other processes.
   */
  public boolean isHeld() {
    try {
      if (ThreadTable.holder(ThreadTable.key(directory, file)).isPresent()) {
        return true;
      }
      return byKernel() && KernelGrip.isHeld(file);
    } catch (IOException e) {
      return false; // Nobody ever took it, or this user may not know.
    }
  }

  private String holder(String key) {
    Optional<String> here = ThreadTable.holder(key);
    if (here.isPresent()) {
      return here.get();
    }
    try {
      String told = byKernel() ? KernelGrip.holder(file) : ChannelGrip.holder(file, key);
      String line = told.lines().findFirst().orElse("").strip();
      return line.isEmpty() ? "another process" : line;
    } catch (IOException e) {
      return "another process";
    }
  }
}
