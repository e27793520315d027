package io.overc.opennebula;

import io.overc.error.ConfigException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.IoErrors;
import io.overc.internal.linux.Printable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds endpoint and credentials where the {@code one*} commands find them: {@code ONE_XMLRPC},
 * {@code ~/.one/one_endpoint}, {@code /var/lib/one/.one/one_endpoint}; {@code ONE_AUTH}, {@code
 * ~/.one/one_auth}, {@code /var/lib/one/.one/one_auth}.
 *
 * @param variables the environment
 * @param root the root of the file system
 */
record OneEnvironment(Map<String, String> variables, Path root) {
  private static final int LARGEST = 1 << 16;
  private static final Pattern HERE = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final String DEFAULT = "http://localhost:2633/RPC2";

  /**
   * Returns an http or https address; ConfigException if what was found is invalid, or would carry
   * the credentials over plain http to another machine, unless that is allowed.
   */
  URI endpoint(Optional<String> given, boolean plainHttp) {
    URI endpoint = endpoint(given);
    if (endpoint.getScheme().equals("http") && !plainHttp && !isHere(endpoint.getHost())) {
      throw new ConfigException(
          List.of(
              "the endpoint of OpenNebula is %s: user and password would go there unencrypted; use https, or set opennebula.plain-http=true"
                  .formatted(Printable.message(endpoint.toString()))));
    }
    return endpoint;
  }

  /** Tells by the name alone; what a server of names answers is not to be trusted. */
  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("[::1]") || HERE.matcher(host).matches();
  }

  /** Returns an http or https address; ConfigException if what was found is invalid. */
  URI endpoint(Optional<String> given) {
    String text =
        given
            .or(() -> variable("ONE_XMLRPC"))
            .or(() -> firstLine("one_endpoint"))
            .orElse(DEFAULT)
            .strip();
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(text, e);
    }
    throw malformed(text, null);
  }

  private static ConfigException malformed(String text, @Nullable Throwable cause) {
    ConfigException exception =
        new ConfigException(
            List.of(
                "the endpoint of OpenNebula is '%s': expected an address such as %s"
                    .formatted(Printable.message(text), DEFAULT)));
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  /** Returns {@code user:password}; no message ever says what was read. */
  String session(Optional<Path> file) {
    Optional<Path> named = file.or(() -> variable("ONE_AUTH").map(root::resolve));
    Path found =
        named
            .or(() -> candidates("one_auth").filter(Files::isReadable).findFirst())
            .orElseThrow(
                () ->
                    new ConfigException(
                        List.of(
                            "there are no credentials for OpenNebula: set opennebula.auth-file or ONE_AUTH to a file that holds user:password")));
    String session = read(found);
    if (session.indexOf(':') <= 0) {
      throw new ConfigException(
          List.of(found + " holds no credentials: expected one line user:password"));
    }
    return session;
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private Optional<String> firstLine(String name) {
    return candidates(name).filter(Files::isReadable).map(OneEnvironment::read).findFirst();
  }

  private Stream<Path> candidates(String name) {
    return Stream.concat(
        variable("HOME").map(home -> root.resolve(home).resolve(".one").resolve(name)).stream(),
        Stream.of(root.resolve("var/lib/one/.one").resolve(name)));
  }

  private static String read(Path file) {
    try {
      return BoundedFiles.utf8(file, LARGEST)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              "cannot read %s: %s; make it readable for this user"
                  .formatted(file, IoErrors.reason(e))));
    }
  }
}
