package io.overc.opennebula.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.DeadlineExceededException;
import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.internal.time.Cancellation;
import io.overc.opennebula.frontend.Fault;
import io.overc.opennebula.frontend.FrontEnd;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcClientTest {
  private final FrontEnd frontEnd = FrontEnd.start();

  @AfterEach
  void tearDown() {
    frontEnd.close();
  }

  private XmlRpcClient client(Duration timeout, long longest) {
    URI endpoint = URI.create(frontEnd.endpoint());
    return new XmlRpcClient(endpoint, timeout, longest, Optional.empty());
  }

  private Object call() {
    return client(Duration.ofSeconds(30), 1 << 20).call("one.system.version", FrontEnd.ONEADMIN);
  }

  private void answer(String text) {
    frontEnd.answerWith(request -> text.getBytes(UTF_8));
  }

  private static String value(String value) {
    return "<methodResponse><params><param><value>"
        + value
        + "</value></param></params></methodResponse>";
  }

  @Test
  @DisplayName("an answer is an array of whether it went well, what came out, and codes")
  void answers() {
    assertThat(call()).isEqualTo(List.of(true, "6.8.3", 0L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not XML at all",
        "<html><body>It works</body></html>",
        "<methodResponse>",
        "<methodResponse/>",
        "<methodResponse><params><param><value><array><data><value><boolean>1</boolean>",
        "<methodResponse><params><param><value><i4>many</i4></value></param></params></methodResponse>",
        "<methodResponse><params><param><value><base64>AA==</base64></value></param></params></methodResponse>",
        "<methodResponse><params><param><value><array><value/></array></value></param></params></methodResponse>",
        "<?xml version=\"1.0\"?><!DOCTYPE methodResponse><methodResponse/>"
      })
  @DisplayName("a malformed answer is an error that names the endpoint, never anything else")
  void malformed(String text) {
    answer(text);
    assertThatThrownBy(this::call)
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("is not XML-RPC")
        .hasMessageContaining(frontEnd.endpoint())
        .hasMessageNotContaining("PASSWORD");
  }

  @Test
  @DisplayName("external entities are never read, and entities never expanded")
  void entities(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "must not be read");
    for (String dtd :
        List.of(
            "<!DOCTYPE m [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>",
            "<!DOCTYPE m SYSTEM \"" + secret.toUri() + "\">",
            "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY e \"&a;&a;&a;&a;&a;&a;\">]>")) {
      answer("<?xml version=\"1.0\"?>" + dtd + value("<string>&e;</string>"));
      assertThatThrownBy(this::call)
          .isInstanceOf(OvercException.class)
          .hasMessageNotContaining("must not be read")
          .hasMessageNotContaining("aaaaaaaaaa");
    }
    answer(value("<string>&nbsp;</string>"));
    assertThatThrownBy(this::call).isInstanceOf(OvercException.class);
  }

  @Test
  @DisplayName("an answer of deeply nested elements is refused")
  void nested() {
    answer(value("<array><data><value>".repeat(10_000)));
    assertThatThrownBy(this::call).hasMessageContaining("deep");
  }

  @Test
  @DisplayName("an answer longer than allowed is not read to its end")
  void tooLong() {
    answer(value("<string>" + "x".repeat(1 << 22) + "</string>"));
    assertThatThrownBy(this::call).hasMessageContaining("longer than 1048576 bytes");
  }

  @Test
  @DisplayName("a large answer full of markup arrives whole")
  void large() {
    String item = "<IMAGE><ID>1</ID></IMAGE>";
    String text = item.repeat(100_000);
    answer(value("<string>" + XmlElements.escape(text) + "</string>"));
    Object value = client(Duration.ofMinutes(1), 1 << 26).call("x", "y");
    assertThat(value).isEqualTo(text);
  }

  @Test
  @DisplayName("a fault says what the front-end did not understand")
  void fault() {
    assertThatThrownBy(() -> client(Duration.ofSeconds(30), 9999).call("one.no.such", "a:b"))
        .isInstanceOf(OvercException.class)
        .hasMessageContaining("-506")
        .hasMessageContaining("'one.no.such' not defined");
  }

  @Test
  @DisplayName("an answer that does not come is given up")
  void timeout() {
    frontEnd.fail(Fault.TIMEOUT, 0);
    assertThatThrownBy(() -> client(Duration.ofMillis(200), 9999).call("one.system.version", "a:b"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("did not answer within 200 ms");
  }

  @Test
  @DisplayName("an answer that drips is given up after the timeout of the call, and hung up")
  void drippingAnswer() throws Exception {
    try (DrippingServer server = new DrippingServer()) {
      XmlRpcClient client =
          new XmlRpcClient(server.endpoint(), Duration.ofMillis(500), 9999, Optional.empty());
      assertThatThrownBy(() -> client.call("one.system.version", "a:b"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("did not answer within 500 ms");
      server.awaitHangUp();
    }
  }

  @Test
  @DisplayName("a deadline cancels a call whose answer drips, and hangs up")
  void deadline() throws Exception {
    try (DrippingServer server = new DrippingServer()) {
      XmlRpcClient client =
          new XmlRpcClient(server.endpoint(), Duration.ofMinutes(5), 9999, Optional.empty());
      try (Cancellation scope = Cancellation.begin(Duration.ofMillis(500))) {
        assertThat(scope).isNotNull();
        assertThatThrownBy(() -> client.call("one.system.version", "a:b"))
            .isInstanceOf(DeadlineExceededException.class)
            .hasMessageContaining("calling one.system.version")
            .hasMessageNotContaining("a:b");
      }
      server.awaitHangUp();
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  @DisplayName("an interrupt cancels a call whose answer drips, and hangs up")
  void interrupt() throws Exception {
    try (DrippingServer server = new DrippingServer()) {
      XmlRpcClient client =
          new XmlRpcClient(server.endpoint(), Duration.ofMinutes(5), 9999, Optional.empty());
      server.onFirstByte(Thread.currentThread()::interrupt);
      assertThatThrownBy(() -> client.call("one.system.version", "a:b"))
          .isExactlyInstanceOf(InterruptedOperationException.class);
      assertThat(Thread.interrupted()).isTrue();
      server.awaitHangUp();
    }
  }

  @Test
  @DisplayName("a front-end that is not there is named, with what to do")
  void notThere() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    URI endpoint = URI.create("http://localhost:" + port + "/RPC2");
    XmlRpcClient client =
        new XmlRpcClient(endpoint, Duration.ofSeconds(10), 9999, Optional.empty());
    assertThatThrownBy(() -> client.call("one.system.version", "a:b"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(endpoint.toString())
        .hasMessageContaining("opennebula.endpoint");
  }
}
