package io.overc.lxc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.overc.container.Change;
import io.overc.container.ContainerDriver;
import io.overc.container.ImageSource;
import io.overc.container.Template;
import io.overc.error.NotFoundException;
import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DownloadIT {
  private static final OperationOptions NONE = OperationOptions.defaults();

  private LxcLab lab;
  private HttpServer server;
  private String url;
  private byte[] content;
  private byte[] before;
  private final List<String> requests = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    lab = LxcLab.open();
    before = Files.readAllBytes(lab.image());
    lab.image("other", LxcLab.INIT + "# another\n");
    content = Files.readAllBytes(lab.directory.resolve("other.tar.gz"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    url = "http://localhost:" + server.getAddress().getPort();
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    server.stop(0);
    lab.close();
  }

  @Test
  @DisplayName(
      "an image comes by HTTP with progress, and an update that is not newer is not fetched")
  void update() throws IOException {
    serve(
        "/image",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          boolean same = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          exchange.sendResponseHeaders(same ? 304 : 200, same ? -1 : content.length);
          if (!same) {
            exchange.getResponseBody().write(content);
          }
        });
    List<Event> events = new ArrayList<>();
    assertThat(driver(url + "/image").update(OperationOptions.of(events::add)).change())
        .isEqualTo(Change.CHANGED);
    assertThat(lab.image()).hasBinaryContent(content);
    assertThat(events).anySatisfy(event -> assertThat(event).isInstanceOf(Event.Progressed.class));
    assertThat(driver(url + "/image").update(NONE).change()).isEqualTo(Change.UNCHANGED);
    assertThat(requests).hasSize(2);
  }

  @Test
  @DisplayName("a connection that breaks is taken up where it broke")
  void resume() throws IOException {
    serve(
        "/image",
        exchange -> {
          exchange.getResponseHeaders().set("ETag", "\"v1\"");
          String range = exchange.getRequestHeaders().getFirst("Range");
          if (range == null) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, content.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
          }
          int from = Integer.parseInt(range.replaceAll("\\D", ""));
          exchange.sendResponseHeaders(206, content.length - from);
          exchange.getResponseBody().write(Arrays.copyOfRange(content, from, content.length));
        });
    driver("").sendImage(ImageSource.of(url + "/image"), NONE);
    assertThat(lab.image()).hasBinaryContent(content);
    assertThat(requests).hasSize(2);
    assertThat(requests.get(1)).contains("bytes=");
  }

  @Test
  @DisplayName("one that always ends early is given up, and the old image stays")
  void endsEarly() throws IOException {
    serve(
        "/image",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, content.length / 2);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    failed("/image", OvercException.class, "Could not fetch");
    assertThat(requests).hasSize(3);
  }

  @Test
  @DisplayName("what is not there, fails, or redirects in a circle is named")
  void answers() throws IOException {
    serve("/missing", exchange -> exchange.sendResponseHeaders(404, -1));
    serve("/broken", exchange -> exchange.sendResponseHeaders(500, -1));
    redirect("/circle", "/circle2");
    redirect("/circle2", "/circle");
    redirect("/local", "file:///etc/passwd");
    failed("/missing", NotFoundException.class, "404");
    failed("/broken", OvercException.class, "500");
    failed("/circle", OvercException.class, "circle");
    failed("/local", OvercException.class, "not safe");
    assertThatThrownBy(() -> driver("").sendImage(ImageSource.of("http://localhost:1/x"), NONE))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("http://localhost:1/x");
    assertThatThrownBy(() -> driver("").update(NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("template.web.image-url");
    assertThat(lab.image()).hasBinaryContent(before);
  }

  @Test
  @DisplayName("a redirect is followed")
  void redirects() throws IOException {
    redirect("/latest", "/image");
    serve(
        "/image",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });
    driver("").sendImage(ImageSource.of(url + "/latest"), NONE);
    assertThat(lab.image()).hasBinaryContent(content);
  }

  private void failed(String path, Class<? extends Throwable> type, String why) {
    assertThatThrownBy(() -> driver("").sendImage(ImageSource.of(url + path), NONE))
        .isInstanceOf(type)
        .hasMessageContaining(why)
        .hasMessageContaining(url + path);
    assertThat(lab.image()).hasBinaryContent(before);
    assertThat(lab.directory.resolve("image.tar.part")).doesNotExist();
  }

  private ContainerDriver driver(String imageUrl) {
    Template.Builder template = Template.builder("web", "lxc").image(lab.image().toString());
    if (!imageUrl.isEmpty()) {
      template.imageUrl(imageUrl);
    }
    return LxcBackends.of(lab.settings()).template(template.build()).containerDriver();
  }

  private void redirect(String from, String to) {
    serve(
        from,
        exchange -> {
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private void serve(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
          }
          requests.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
          try {
            answer.to(exchange);
          } finally {
            exchange.close();
          }
        });
  }

  /** Answers a request. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }
}
