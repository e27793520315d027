package io.overc.opennebula.xmlrpc;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.UnavailableException;
import io.overc.opennebula.xml.SafeXml;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods over XML-RPC. No call is sent twice, and no parameter appears in a message: the
 * first one is a password. Thread-safe.
 */
public final class XmlRpcClient {
  private final XmlRpcOptions options;
  private final HttpClient http;
  private final AnswerXml answers;

  /**
   * Prepares calls; none is made yet.
   *
   * @param options how the front-end is reached
   * @param xml reads the answers
   */
  public XmlRpcClient(XmlRpcOptions options, SafeXml xml) {
    this.options = options;
    this.answers = new AnswerXml(xml);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.timeout());
    options.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /**
   * Calls a method.
   *
   * @param method its name
   * @param parameters strings, integers and booleans
   * @return a String, Long, Boolean, List or Map
   * @throws XmlRpcFaultException if the front-end answers with a fault
   * @throws UnavailableException if it cannot be reached or does not answer in time
   * @throws OvercException if what it answers is not XML-RPC, or too long
   */
  public Object call(String method, Object... parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(options.endpoint())
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(
                BodyPublishers.ofString(RequestXml.of(method, parameters), StandardCharsets.UTF_8))
            .build();
    HttpResponse<byte[]> response = send(method, request);
    if (response.statusCode() != 200) {
      throw unavailable(method, "answered with the HTTP status " + response.statusCode(), null);
    }
    try {
      return answers.read(method, response.body());
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new OvercException(
          "The answer of %s to %s is not XML-RPC (%s); is this the XML-RPC endpoint of OpenNebula?"
              .formatted(options.endpoint(), method, String.valueOf(e.getMessage()).strip()),
          e);
    }
  }

  /** Waits for the whole answer: a timeout of the request would only cover its headers. */
  private HttpResponse<byte[]> send(String method, HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new LimitedBody(options.longestAnswer()));
    try {
      return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unavailable(method, "did not answer within " + options.timeout().toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException("Interrupted while calling " + method, e);
    } catch (ExecutionException e) {
      throw failed(method, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private OvercException failed(String method, Throwable cause) {
    if (cause instanceof LimitedBody.TooLongException) {
      return new OvercException(
          "The answer of %s to %s was refused: %s; is opennebula.longest-answer too small?"
              .formatted(options.endpoint(), method, cause.getMessage()),
          cause);
    }
    if (cause instanceof IOException) {
      return unavailable(method, "cannot be reached: " + reason(cause), cause);
    }
    return new OvercException("Could not call " + method + " of " + options.endpoint(), cause);
  }

  private static String reason(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private UnavailableException unavailable(String method, String why, @Nullable Throwable cause) {
    UnavailableException unavailable =
        new UnavailableException(
            "OpenNebula at %s %s (calling %s); is it running, and is opennebula.endpoint right? What was begun is finished when the same is done again."
                .formatted(options.endpoint(), why, method));
    if (cause != null) {
      unavailable.initCause(cause);
    }
    return unavailable;
  }
}
