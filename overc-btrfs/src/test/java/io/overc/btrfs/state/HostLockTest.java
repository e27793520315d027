package io.overc.btrfs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.overc.error.BusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLockTest {
  @TempDir Path state;

  @Test
  @DisplayName("who comes second in the same process is refused, and the first keeps the lock")
  void secondInTheSameProcess() {
    try (HostLock first = HostLock.take(state, "upgrade")) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> HostLock.take(state, "rollback"))
            .isInstanceOfSatisfying(
                BusyException.class,
                e ->
                    assertThat(e.holder())
                        .isEqualTo("pid " + ProcessHandle.current().pid() + ": upgrade"));
        assertThat(HostLock.isHeld(state)).isTrue();
      }
      assertThat(first).isNotNull();
    }
    assertThat(HostLock.isHeld(state)).isFalse();
    HostLock.take(state, "rollback").close();
  }

  @Test
  @DisplayName("a copy of its descriptor, as a forked process has it, does not keep the lock")
  void copiedDescriptor() throws IOException {
    Descriptors descriptors = Native.load("c", Descriptors.class);
    int copy;
    try (HostLock lock = HostLock.take(state, "upgrade")) {
      assertThat(lock).isNotNull();
      copy = descriptors.dup(descriptorOf(state));
    }
    try {
      HostLock.take(state, "rollback").close();
    } finally {
      descriptors.close(copy);
    }
  }

  private static int descriptorOf(Path directory) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> leadsInto(directory, descriptor))
          .mapToInt(descriptor -> Integer.parseInt(descriptor.getFileName().toString()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean leadsInto(Path directory, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // Closed meanwhile, by another test.
    }
  }

  interface Descriptors extends Library {
    int dup(int descriptor);

    int close(int descriptor);
  }

  @Test
  @DisplayName("a lock that nobody ever took is not held")
  void neverTaken() {
    assertThat(HostLock.isHeld(state)).isFalse();
  }
}
