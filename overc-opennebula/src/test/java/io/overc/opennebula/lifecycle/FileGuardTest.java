package io.overc.opennebula.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.BusyException;
import io.overc.internal.linux.RawPath;
import io.overc.internal.lock.HeldLock;
import io.overc.internal.lock.LockDirectory;
import io.overc.testkit.LockChild;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGuardTest {
  @TempDir Path directory;

  private static String anotherProcess(Path file) throws IOException {
    return LockChild.ask(
        LockDirectory.standard().lock("image", "It", RawPath.encode(file.toRealPath())).path());
  }

  @Test
  @DisplayName("to read and write the image does not drop its guard")
  void readMeanwhile() throws IOException {
    Path file = Files.writeString(directory.resolve("image"), "content");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    CompletableFuture<Boolean> next;
    try (HeldLock held = FileGuard.hold(file, Duration.ZERO)) {
      assertThat(Files.readAllBytes(file)).hasSize(7);
      FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      assertThatThrownBy(() -> FileGuard.hold(link, Duration.ZERO))
          .isInstanceOf(BusyException.class);
      assertThat(anotherProcess(file)).contains("pid " + ProcessHandle.current().pid());
      assertThat(held.waited()).isFalse();
      CompletableFuture<Void> began = new CompletableFuture<>();
      next =
          CompletableFuture.supplyAsync(
              () -> {
                began.complete(null);
                try (HeldLock second = FileGuard.hold(file, Duration.ofMinutes(1))) {
                  return second.waited();
                }
              });
      began.join();
      if (next.isDone()) {
        throw new AssertionError("two hold it");
      }
    }
    next.join();
    assertThat(anotherProcess(file)).isEqualTo("held");
    FileGuard.hold(file, Duration.ZERO).close();
  }
}
