package io.overc.btrfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.BusyException;
import java.nio.file.Path;
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
  @DisplayName("a lock that nobody ever took is not held")
  void neverTaken() {
    assertThat(HostLock.isHeld(state)).isFalse();
  }
}
