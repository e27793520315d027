package io.overc.docker.build;

import io.overc.error.OvercException;
import io.overc.internal.linux.Printable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Appends what a build prints to a file that only its owner may read. */
final class BuildLog implements AutoCloseable {
  private final @Nullable BufferedWriter writer;

  private BuildLog(@Nullable BufferedWriter writer) {
    this.writer = writer;
  }

  static BuildLog open(Optional<Path> file, String title) {
    if (file.isEmpty()) {
      return new BuildLog(null);
    }
    Path path = file.get();
    try {
      if (Files.notExists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      BuildLog log = new BuildLog(Files.newBufferedWriter(path, StandardOpenOption.APPEND));
      log.line("--- " + Instant.now() + " " + title);
      return log;
    } catch (IOException e) {
      throw new OvercException("Could not write the log " + path + ": " + e, e);
    }
  }

  synchronized void line(String text) {
    if (writer != null) {
      try {
        writer.write(Printable.text(text));
        writer.newLine();
        writer.flush();
      } catch (IOException e) {
        throw new OvercException("Could not write the log: " + e, e);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        throw new OvercException("Could not write the log: " + e, e);
      }
    }
  }
}
