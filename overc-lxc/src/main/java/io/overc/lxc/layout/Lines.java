package io.overc.lxc.layout;

import io.overc.internal.file.DurableFiles;
import io.overc.internal.time.Cancellation;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes a file line by line, from any thread, so that no list has to fit into the memory. */
public final class Lines implements Closeable {
  private final Path path;
  private final OutputStream out;

  public Lines(Path path) throws IOException {
    this.path = path;
    this.out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
  }

  /** Writes text that ends with a line end. */
  public synchronized void add(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the file; it is durable then. */
  @Override
  public synchronized void close() throws IOException {
    out.close();
    DurableFiles.sync(path);
  }

  /** Reads a file line by line; one that is missing has none. */
  public static void read(Path path, Reader reader) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      String work = "reading " + path;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Cancellation.check(work);
        reader.line(line);
      }
    } catch (NoSuchFileException e) {
      if (Files.exists(path)) {
        throw e; // Not of this file.
      }
    }
  }

  @FunctionalInterface
  public interface Reader {
    void line(String line) throws IOException;
  }
}
