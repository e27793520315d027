package io.overc.opennebula.frontend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An OpenNebula front-end on 127.0.0.1 that remembers its calls and can be made to fail. */
public final class FrontEnd implements AutoCloseable {
  /** The session of oneadmin. */
  public static final String ONEADMIN = "oneadmin:PASSWORD";

  final Cloudlet cloud = new Cloudlet();
  private final Answers answers = new Answers(cloud);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FrontEnd::daemon);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> calls = new ArrayList<>();
  private @Nullable Fault fault;
  private int faultAt;
  private Runnable onFault = () -> {};
  private @Nullable Function<byte[], byte[]> impostor;

  /** Starts a front-end. */
  public static FrontEnd start() {
    return start(null);
  }

  /** Starts a front-end that speaks TLS, if there is a context. */
  public static FrontEnd start(@Nullable SSLContext tls) {
    try {
      return new FrontEnd(tls);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private FrontEnd(@Nullable SSLContext tls) throws IOException {
    // Else the kernel holds each answer back for 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(any, 0);
    } else {
      HttpsServer https = HttpsServer.create(any, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = https;
    }
    server.createContext("/RPC2", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "front-end");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns where it listens. */
  public String endpoint() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort() + "/RPC2";
  }

  /** Returns the methods called since the last {@link #forget}, in order. */
  public List<String> calls() {
    synchronized (cloud) {
      return List.copyOf(calls);
    }
  }

  /** Forgets the calls and the fault. */
  public void forget() {
    synchronized (cloud) {
      calls.clear();
      fault = null;
    }
  }

  /** Makes one call fail, counted from 0 from now on. */
  public void fail(Fault what, int at) {
    synchronized (cloud) {
      calls.clear();
      fault = what;
      faultAt = at;
    }
  }

  /** Sets what happens when the call arrives that fails, before it does. */
  public void onFault(Runnable action) {
    synchronized (cloud) {
      onFault = action;
    }
  }

  /** Lets something else answer all calls, whatever they are. */
  public void answerWith(Function<byte[], byte[]> answer) {
    impostor = answer;
  }

  /** Lets somebody look at the file of each image as it is registered. */
  public void onAllocate(Consumer<Path> look) {
    synchronized (cloud) {
      cloud.onAllocate = look;
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    Function<byte[], byte[]> other = impostor;
    if (other != null) {
      send(exchange, other.apply(request));
      return;
    }
    @Nullable Fault now;
    String answer = "";
    synchronized (cloud) {
      now = calls.size() == faultAt ? fault : null;
      calls.add(method(request));
      if (now == null || now == Fault.TIMEOUT || now == Fault.CUT_AFTER) {
        answer = answers.answer(request);
      }
    }
    if (now == null) {
      send(exchange, answer.getBytes(StandardCharsets.UTF_8));
    } else {
      misbehave(exchange, now, method(request));
    }
  }

  private void misbehave(HttpExchange exchange, Fault now, String method) throws IOException {
    onFault.run();
    switch (now) {
      case FAULT ->
          send(exchange, Answers.fault(-500, "injected").getBytes(StandardCharsets.UTF_8));
      case REFUSAL -> {
        Refusal refusal = new Refusal(Refusal.INTERNAL, "injected");
        send(exchange, Answers.refusal(method, refusal).getBytes(StandardCharsets.UTF_8));
      }
      case TIMEOUT -> {
        try {
          closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        exchange.close();
      }
      case CUT_BEFORE, CUT_AFTER -> exchange.close();
    }
  }

  private static void send(HttpExchange exchange, byte[] answer) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/xml; charset=utf-8");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer);
    } finally {
      exchange.close();
    }
  }

  private static String method(byte[] request) {
    String text = new String(request, StandardCharsets.UTF_8);
    int from = text.indexOf("<methodName>") + "<methodName>".length();
    int to = text.indexOf("</methodName>");
    return to > from ? text.substring(from, to) : "?";
  }

  /** Answers one call without the network. */
  public String answer(byte[] request) {
    synchronized (cloud) {
      return answers.answer(request);
    }
  }

  /** Changes or reads the cloud as its administrator. */
  public Admin admin() {
    return new Admin(cloud);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
