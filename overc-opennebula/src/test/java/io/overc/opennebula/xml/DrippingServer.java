package io.overc.opennebula.xml;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers its one client a byte now and then, for ever. */
final class DrippingServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CountDownLatch hungUp = new CountDownLatch(1);
  private final Thread thread = new Thread(this::serve, "dripping-server");
  private volatile Runnable onFirstByte = () -> {};

  DrippingServer() throws IOException {
    thread.setDaemon(true);
    thread.start();
  }

  URI endpoint() {
    return URI.create("http://localhost:" + socket.getLocalPort() + "/RPC2");
  }

  void onFirstByte(Runnable action) {
    onFirstByte = action;
  }

  /** Waits until a byte could not be sent any more. */
  void awaitHangUp() throws InterruptedException {
    if (!hungUp.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the client still reads");
    }
  }

  private void serve() {
    try (Socket client = socket.accept()) {
      client.getInputStream().read();
      OutputStream out = client.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<".getBytes(US_ASCII));
      onFirstByte.run();
      while (!socket.isClosed()) {
        TimeUnit.MILLISECONDS.sleep(100);
        out.write(' ');
      }
    } catch (IOException e) {
      hungUp.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    thread.interrupt();
  }
}
