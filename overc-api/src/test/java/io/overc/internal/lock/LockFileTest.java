package io.overc.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.internal.linux.Libc;
import io.overc.testkit.LockChild;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
  private static final String MINE = "pid " + ProcessHandle.current().pid() + ": copy";

  @TempDir Path directory;
  private Path file;
  private LockFile lock;

  @BeforeEach
  void name() {
    file = directory.resolve("made/lock");
    lock = LockFile.at(file, "The thing");
  }

  private void assertRefused() {
    assertThatThrownBy(() -> lock.take("look"))
        .isInstanceOfSatisfying(BusyException.class, e -> assertThat(e.holder()).isEqualTo(MINE))
        .hasMessageContaining("The thing");
  }

  @Test
  @DisplayName("after a second thread was refused, another process is refused too")
  void refusedThreadThenProcess() throws IOException {
    try (HeldLock held = lock.take("copy")) {
      CompletableFuture.runAsync(this::assertRefused).join();
      assertThat(LockChild.ask(file)).contains(MINE);
      assertThat(held.waited()).isFalse();
    }
    assertThat(LockChild.ask(file)).isEqualTo("held");
    lock.take("again").close();
  }

  @Test
  @DisplayName("to read, open and close the file elsewhere in the process drops nothing")
  void openedElsewhere() throws IOException {
    assumeTrue(Libc.available());
    try (HeldLock held = lock.take("copy")) {
      assertThat(Files.readString(file)).isEqualTo(MINE + "\n");
      FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      assertThat(LockChild.ask(file)).contains(MINE);
      assertThat(held).isNotNull();
    }
  }

  @Test
  @DisplayName("to release the lock of another thing does not drop the first")
  void twoThings() throws IOException {
    try (HeldLock held = lock.take("copy")) {
      LockFile.at(file.resolveSibling("other"), "Another thing").take("copy").close();
      assertThat(LockChild.ask(file)).contains(MINE);
      assertThat(held).isNotNull();
    }
  }

  @Test
  @DisplayName("the lock of another process is waited for, and dies with it")
  void waits() throws IOException {
    try (LockChild child = new LockChild(file)) {
      assertThat(child.answer()).isEqualTo("held");
      assertThat(lock.isHeld()).isTrue();
      assertThatThrownBy(() -> lock.take("copy", Duration.ofMillis(50)))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining("pid " + child.pid() + ": child");
      child.kill();
      lock.take("copy", Duration.ofMinutes(1)).close();
    }
    assertThat(lock.isHeld()).isFalse();
  }

  @Test
  @DisplayName("the lock of another thread is waited for")
  void waitsForThread() throws IOException {
    HeldLock held = lock.take("copy");
    CompletableFuture<HeldLock> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return lock.take("second", Duration.ofSeconds(Long.MAX_VALUE));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(other).isNotDone();
    held.close();
    held.close();
    try (HeldLock second = other.join()) {
      assertThat(lock.isHeld()).isTrue();
      assertThat(second).isNotNull();
    }
  }

  @Test
  @DisplayName("an interrupt ends the waiting and stays set; nothing is left taken")
  void interrupted() throws IOException {
    try (HeldLock held = lock.take("copy")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lock.take("late", Duration.ofMinutes(1)))
          .isInstanceOf(InterruptedOperationException.class)
          .hasMessageContaining("The thing");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held).isNotNull();
    }
    lock.take("again").close();
  }

  @Test
  @DisplayName("the file is for its owner only, also one that was there with another mode")
  void mode() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "a longer text of somebody who had it before: upgrade everything\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    lock.take("copy").close();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file)).isEqualTo(MINE + "\n");
  }

  @Test
  @DisplayName("a directory that is reached by two paths has one lock")
  void twoPaths() throws IOException {
    Files.createDirectories(file.getParent());
    Path other = Files.createSymbolicLink(directory.resolve("link"), file.getParent());
    try (HeldLock held = lock.take("copy")) {
      assertThatThrownBy(() -> LockFile.at(other.resolve("lock"), "It").take("look"))
          .isInstanceOf(BusyException.class)
          .hasMessageContaining(MINE);
      assertThat(held).isNotNull();
    }
  }

  @Test
  @DisplayName("a lock that nobody ever took is not held, and asking makes nothing")
  void neverTaken() {
    assertThat(lock.isHeld()).isFalse();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  @DisplayName("a copy of its descriptor, as a forked process has it, does not keep the lock")
  void copiedDescriptor() throws IOException {
    assumeTrue(Libc.available());
    int copy;
    try (HeldLock held = lock.take("copy")) {
      assertThat(held).isNotNull();
      copy = Libc.dup(descriptorOf(file.toRealPath()));
    }
    try {
      lock.take("again").close();
    } finally {
      Libc.close(copy);
    }
  }

  private static int descriptorOf(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> leadsTo(file, descriptor))
          .mapToInt(descriptor -> Integer.parseInt(descriptor.getFileName().toString()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean leadsTo(Path file, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // Closed meanwhile, by another test.
    }
  }

  @Test
  @DisplayName("in a file system in memory the threads of this JVM keep each other out")
  void inMemory() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        FileSystem other = Jimfs.newFileSystem(Configuration.unix())) {
      lock = LockFile.at(memory.getPath("/locks/one"), "The thing");
      try (HeldLock held = lock.take("copy")) {
        assertRefused();
        assertThat(lock.isHeld()).isTrue();
        LockFile.at(other.getPath("/locks/one"), "Another").take("copy").close();
        assertThat(held).isNotNull();
      }
      assertThat(lock.isHeld()).isFalse();
      lock.take("again").close();
    }
  }
}
