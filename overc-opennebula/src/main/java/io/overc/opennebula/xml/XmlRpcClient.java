package io.overc.opennebula.xml;

import io.overc.error.InterruptedOperationException;
import io.overc.error.OvercException;
import io.overc.error.Remedy;
import io.overc.error.UnavailableException;
import io.overc.internal.linux.Printable;
import io.overc.internal.time.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods over XML-RPC. No call is sent twice, and no parameter appears in a message: the
 * first one is a password. Thread-safe.
 */
public final class XmlRpcClient {
  private final URI endpoint;
  private final String shown;
  private final Duration timeout;
  private final long longestAnswer;
  private final HttpClient http;

  /** Prepares calls of a front-end. */
  public XmlRpcClient(
      URI endpoint, Duration timeout, long longestAnswer, Optional<SSLContext> tls) {
    this.endpoint = endpoint;
    this.shown = Printable.message(endpoint.toString());
    this.timeout = timeout;
    this.longestAnswer = longestAnswer;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    tls.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  /**
   * Calls a method with strings, integers and booleans; returns a String, Long, Boolean, List or
   * Map. If it is cancelled or late, the front-end may have done what it was asked for.
   */
  public Object call(String method, Object... parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(BodyPublishers.ofString(XmlRpc.call(method, parameters), StandardCharsets.UTF_8))
            .build();
    HttpResponse<byte[]> response = send(method, request);
    if (response.statusCode() != 200) {
      throw unavailable(method, "answered with the HTTP status " + response.statusCode(), null);
    }
    try {
      return XmlRpc.answer(method, response.body());
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new OvercException(
          "The answer of %s to %s is not XML-RPC (%s); is this the XML-RPC endpoint of OpenNebula?"
              .formatted(shown, method, Shown.text(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** Waits for the whole answer: a timeout of the request would only cover its headers. */
  private HttpResponse<byte[]> send(String method, HttpRequest request) {
    Cancellation.check("about to call " + method);
    Duration limit = Cancellation.limit(timeout);
    LimitedBody body = new LimitedBody(longestAnswer);
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, info -> body);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (limit.compareTo(timeout) < 0) {
        throw Cancellation.exceeded("calling " + method + " of " + shown);
      }
      throw unavailable(method, "did not answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOperationException(
          "Interrupted while calling " + method + " of " + shown, e);
    } catch (ExecutionException e) {
      throw failed(method, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
      body.abandon();
    }
  }

  private OvercException failed(String method, Throwable cause) {
    if (cause instanceof LimitedBody.TooLongException) {
      return new OvercException(
          "The answer of %s to %s was refused: %s; is opennebula.longest-answer too small?"
              .formatted(shown, method, cause.getMessage()),
          cause);
    }
    if (cause instanceof IOException) {
      return unavailable(method, "cannot be reached: " + reason(cause), cause);
    }
    return new OvercException("Could not call " + method + " of " + shown, cause);
  }

  private static String reason(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
  }

  private UnavailableException unavailable(String method, String why, @Nullable Throwable cause) {
    UnavailableException unavailable =
        new UnavailableException(
            "OpenNebula at %s %s (calling %s)".formatted(shown, why, method),
            Remedy.of(
                Remedy.Action.CONFIGURE,
                "opennebula.endpoint",
                "check that it is running and that opennebula.endpoint is right; a retry finishes what was begun"));
    if (cause != null) {
      unavailable.initCause(cause);
    }
    return unavailable;
  }
}
