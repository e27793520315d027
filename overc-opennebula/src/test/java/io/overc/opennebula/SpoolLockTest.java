package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.BusyException;
import io.overc.error.InterruptedOperationException;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.spi.SideEffects;
import io.overc.testkit.LockChild;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLockTest {
  @TempDir Path directory;
  private Spool spool;

  @BeforeEach
  void make() {
    spool = new Spool(directory, SideEffects.direct(), Clock.systemUTC());
  }

  private String anotherProcess(String identifier) {
    return LockChild.ask(LockDirectory.at(directory).lock("lock", "It", identifier).path());
  }

  @Test
  @DisplayName("a second thread that is refused, or releases another image, does not drop the lock")
  void otherImage() {
    try (HeldLock held = spool.hold("one", Duration.ZERO)) {
      CompletableFuture.runAsync(
              () -> {
                assertThatThrownBy(() -> spool.hold("one", Duration.ZERO))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("the image one");
                spool.hold("two", Duration.ZERO).close();
              })
          .join();
      assertThat(anotherProcess("one")).contains("pid " + ProcessHandle.current().pid());
      assertThat(anotherProcess("two")).isEqualTo("held");
      assertThat(held.waited()).isFalse();
    }
    assertThat(anotherProcess("one")).isEqualTo("held");
    spool.hold("one", Duration.ZERO).close();
    spool.hold("two", Duration.ZERO).close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @DisplayName("an interrupt ends the waiting for an image, and stays set")
  void interrupted() {
    try (HeldLock held = spool.hold("one", Duration.ZERO)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> spool.hold("one", Duration.ofHours(1)))
          .isInstanceOf(InterruptedOperationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held).isNotNull();
    }
  }
}
