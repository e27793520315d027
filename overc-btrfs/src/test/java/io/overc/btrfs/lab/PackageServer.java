package io.overc.btrfs.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves a repository over HTTP on 127.0.0.1, and vanishes when it is told to: in the middle of a
 * file. Thread-safe.
 */
public final class PackageServer implements AutoCloseable {
  private static final int NOT_FOUND = 404;
  private static final int OK = 200;

  private final Path directory;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile String fatal = "";
  private final AtomicBoolean gone = new AtomicBoolean();

  private PackageServer(Path directory, HttpServer server) {
    this.directory = directory;
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param directory what it serves
   * @return the running server, to be closed
   */
  public static PackageServer start(Path directory) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer http = HttpServer.create(any, 0);
      PackageServer server = new PackageServer(directory, http);
      http.createContext("/", server::answer);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve " + directory, e);
    }
  }

  /**
   * Returns where it can be reached.
   *
   * @return an address without a slash at its end
   */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Returns the paths that were asked for.
   *
   * @return in order
   */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /**
   * Makes the server vanish in the middle of the first answer to a request of some kind; who asks
   * afterwards finds nobody.
   *
   * @param ending how the path ends, for example {@code .rpm}; empty for every path
   */
  public void vanishAt(String ending) {
    fatal = ending.isEmpty() ? "/" : ending;
  }

  /** Stops the server. */
  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }

  private void stop() {
    if (gone.compareAndSet(false, true)) {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(path);
    boolean last = !fatal.isEmpty() && (fatal.equals("/") || path.endsWith(fatal));
    try (exchange) {
      Path file = directory.resolve(path.substring(1)).normalize();
      if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
        return;
      }
      long length = Files.size(file);
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
        exchange.sendResponseHeaders(OK, -1);
        return;
      }
      exchange.sendResponseHeaders(OK, length);
      OutputStream body = exchange.getResponseBody();
      if (last) {
        try (InputStream content = Files.newInputStream(file)) {
          body.write(content.readNBytes((int) (length / 2)));
        }
        body.flush();
        stop();
      } else {
        Files.copy(file, body);
        body.flush();
      }
    }
  }
}
