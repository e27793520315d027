package io.overc.lxc.operation;

import io.overc.error.InterruptedOperationException;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.internal.time.Deadline;
import io.overc.internal.time.Poll;
import io.overc.lxc.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file by HTTP, in a thread of its own: a read from a server that says nothing would hear
 * neither an interrupt nor the deadline of the operation. A connection that breaks is taken up
 * where it broke if the server can say that the file is still the same one (ETag or Last-Modified),
 * else from the beginning.
 */
final class Download {
  private static final int ATTEMPTS = 3;
  private static final int REDIRECTS = 10;
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final Duration FOREVER = Duration.ofDays(3650);
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int RANGE = 416;

  private final String location;
  private final Path file;
  private final Operation operation;
  private volatile @Nullable String validator;
  private volatile @Nullable HttpURLConnection current;
  private volatile boolean cancelled;

  Download(String location, Path file, Operation operation) {
    this.location = location;
    this.file = file;
    this.operation = operation;
  }

  /** Fetches the file, unless it is the one of which the server said what is known. */
  Result run(Optional<String> known) {
    IOException last = new IOException("no attempt was made");
    Disk.delete(file);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return attempt(known);
      } catch (IOException e) {
        last = e;
        operation.warn(
            "Attempt %d of %d to fetch %s broke off: %s"
                .formatted(attempt, ATTEMPTS, location, e.getMessage()));
      }
    }
    Disk.delete(file);
    throw new OvercException(
        "Could not fetch %s: %s; the image is as it was, try again later"
            .formatted(location, last.getMessage()),
        last);
  }

  /** Whether the file was fetched, and what the server says of it, for the next time. */
  record Result(boolean modified, Optional<String> validator) {}

  /** Fetches it in a thread that is left alone, with its connection closed, when cancelled. */
  private Result attempt(Optional<String> known) throws IOException {
    cancelled = false;
    FutureTask<Result> task = new FutureTask<>(() -> fetch(known));
    Thread worker = new Thread(task, "overc-download");
    worker.setDaemon(true);
    worker.start();
    try {
      Poll.until(task::isDone, PAUSE, Deadline.in(FOREVER), location);
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      throw cause instanceof IOException failure ? failure : new IOException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while fetching " + location, e);
    } finally {
      cancelled = true;
      HttpURLConnection open = current;
      if (open != null) {
        open.disconnect();
      }
    }
  }

  private Result fetch(Optional<String> known) throws IOException {
    long have = validator != null && Files.exists(file) ? Files.size(file) : 0;
    HttpURLConnection connection = open(known, have);
    try {
      int status = connection.getResponseCode();
      if (status == NOT_MODIFIED) {
        return new Result(false, known);
      }
      if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
        throw new NotFoundException(
            "There is no image at " + location + " (the server answers " + status + ")");
      }
      if (status == RANGE) {
        validator = null;
        throw new IOException("the server has no such range any more");
      }
      if (status != HttpURLConnection.HTTP_OK && status != PARTIAL) {
        throw new OvercException("Could not fetch " + location + ": the server answers " + status);
      }
      validator = validator(connection);
      receive(connection, status == PARTIAL ? have : 0);
      return new Result(true, Optional.ofNullable(validator));
    } finally {
      connection.disconnect();
    }
  }

  private void receive(HttpURLConnection connection, long from) throws IOException {
    long length = connection.getContentLengthLong();
    OptionalLong total = length < 0 ? OptionalLong.empty() : OptionalLong.of(from + length);
    long done = from;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = connection.getInputStream();
        OutputStream out =
            Files.newOutputStream(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      int some;
      while ((some = in.read(buffer)) >= 0) {
        if (cancelled) {
          throw new InterruptedIOException("cancelled");
        }
        out.write(buffer, 0, some);
        done += some;
        operation.progress(Event.Unit.BYTES, done, total);
      }
    }
    if (total.isPresent() && done != total.getAsLong()) {
      throw new IOException(
          "the connection ended after %d of %d bytes".formatted(done, total.getAsLong()));
    }
  }

  private HttpURLConnection open(Optional<String> known, long have) throws IOException {
    URI uri = URI.create(location);
    Set<URI> seen = new HashSet<>();
    while (seen.add(uri) && seen.size() <= REDIRECTS) {
      HttpURLConnection connection = request(uri.toURL(), known, have);
      int status = connection.getResponseCode();
      if (status < 300 || status >= 400 || status == NOT_MODIFIED) {
        return connection;
      }
      String next = connection.getHeaderField("Location");
      connection.disconnect();
      if (next == null) {
        throw new OvercException(
            "Could not fetch " + location + ": " + uri + " redirects to nowhere");
      }
      URI target = uri.resolve(next);
      if (!safe(uri, target)) {
        throw new OvercException(
            "Could not fetch " + location + ": it redirects to " + target + ", which is not safe");
      }
      uri = target;
    }
    throw new OvercException(
        "Could not fetch "
            + location
            + ": it redirects in a circle, or more than "
            + REDIRECTS
            + " times");
  }

  private static boolean safe(URI from, URI to) {
    boolean downgraded = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    return !downgraded && ("https".equals(to.getScheme()) || "http".equals(to.getScheme()));
  }

  private HttpURLConnection request(URL url, Optional<String> known, long have) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    current = connection;
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    // As it is, so that length and digest are those of the file.
    connection.setRequestProperty("Accept-Encoding", "identity");
    connection.setRequestProperty("Connection", "close");
    String same = validator;
    if (have > 0 && same != null) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
      connection.setRequestProperty("If-Range", same);
    } else if (known.isPresent()) {
      boolean tag = known.get().startsWith("\"") || known.get().startsWith("W/");
      connection.setRequestProperty(tag ? "If-None-Match" : "If-Modified-Since", known.get());
    }
    return connection;
  }

  private static @Nullable String validator(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    return tag != null ? tag : connection.getHeaderField("Last-Modified");
  }
}
