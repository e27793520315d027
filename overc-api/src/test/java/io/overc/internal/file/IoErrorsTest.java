package io.overc.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.error.InterruptedOperationException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IoErrorsTest {
  private static void assertReason(Throwable cause, String reason) {
    assertThat(IoErrors.reason(cause)).isEqualTo(reason);
  }

  @Test
  @DisplayName("file and reason are always named")
  void reasons() {
    assertReason(new NoSuchFileException("/a"), "/a: no such file or directory");
    assertReason(new AccessDeniedException("/a"), "/a: permission denied");
    assertReason(new FileAlreadyExistsException("/a"), "/a: it is already there");
    assertReason(new DirectoryNotEmptyException("/a"), "/a: the directory is not empty");
    assertReason(new FileSystemException("/a", "/b", "No space left"), "/a -> /b: No space left");
    assertReason(new EOFException(), "EOF");
    assertReason(new IOException(), "IO");
    assertReason(new ClosedByInterruptException(), "Closed By Interrupt");
    assertReason(
        new UncheckedIOException(new NoSuchFileException("/a")), "/a: no such file or directory");
    assertThat(IoErrors.failed("copy", new IOException("disk on fire")))
        .hasMessage("Could not copy: disk on fire");
  }

  @Test
  @DisplayName("what an interrupt ended is no error of the disk, and the flag is set")
  void interrupted() {
    assertThat(IoErrors.failed("copy", new ClosedByInterruptException()))
        .isInstanceOf(InterruptedOperationException.class)
        .hasMessageContaining("could not copy");
    assertThat(Thread.interrupted()).isTrue();
  }
}
