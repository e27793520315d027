package io.overc.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.event.Event;
import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotOptions;
import io.overc.snapshot.SnapshotStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit on a file system in memory and on the real one. */
class DirectorySnapshotStoreTest {
  @Nested
  @DisplayName("in memory")
  class InMemory extends DirectoryContract {
    private final FileSystem memory =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build());

    @AfterEach
    void close() throws IOException {
      memory.close();
    }

    @Override
    Path base() {
      return memory.getPath("/base");
    }
  }

  @Nested
  @DisplayName("on the real file system")
  class Real extends DirectoryContract {
    @TempDir private Path directory = Path.of("unset");

    @Override
    Path base() {
      return directory;
    }
  }

  @Nested
  @DisplayName("with a subject that takes long")
  class Cancelled {
    @TempDir private Path directory = Path.of("unset");

    @BeforeEach
    void makeSubject() throws IOException {
      Path subject = Files.createDirectories(directory.resolve("subjects/web"));
      ByteBuffer block = ByteBuffer.allocate(1 << 20);
      try (FileChannel file =
          FileChannel.open(
              subject.resolve("large"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        for (int i = 0; i < 100; i++) {
          file.write(block.clear());
        }
      }
    }

    private SnapshotStore store(Duration timeout) {
      return DirectorySnapshotStore.builder(
              directory.resolve("subjects"), directory.resolve("snapshots"))
          .timeout(timeout)
          .build();
    }

    private void assertNothingIsLeft() throws IOException {
      assertThat(store(Duration.ofMinutes(1)).list("web")).isEmpty();
      try (Stream<Path> left = Files.list(directory.resolve("snapshots"))) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.startsWith(".new-"));
      }
    }

    @Test
    @DisplayName("an interrupt ends the snapshot, the flag stays set and nothing is left")
    void interrupted() throws IOException {
      Thread thread = Thread.currentThread();
      SnapshotStore store = store(Duration.ofMinutes(1));
      Listener listener =
          event -> {
            if (event instanceof Event.StepStarted) {
              thread.interrupt();
            }
          };
      try {
        assertThatThrownBy(
                () ->
                    store.create(
                        "web",
                        SnapshotOptions.builder().fullCopy(true).build(),
                        OperationOptions.of(listener)))
            .isInstanceOf(InterruptedOperationException.class)
            .hasMessageContaining("Interrupted while copying");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertNothingIsLeft();
    }

    @Test
    @DisplayName("a timeout ends the snapshot, names the file and leaves nothing")
    void timeout() throws IOException {
      assertThatThrownBy(
              () ->
                  store(Duration.ofMillis(1))
                      .create(
                          "web",
                          SnapshotOptions.builder().fullCopy(true).build(),
                          OperationOptions.defaults()))
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("The deadline passed while copying " + directory + "/subjects/web");
      assertNothingIsLeft();
    }
  }
}
