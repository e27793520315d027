package io.overc.opennebula;

import io.overc.config.ConfigKey;
import io.overc.opennebula.disk.DiskPreparation;
import io.overc.opennebula.lifecycle.SiteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration keys of the front-end and of the spool; the others stand where they are used.
 */
final class OpenNebulaKeys {
  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "opennebula.endpoint",
          "address of the XML-RPC endpoint; without it ONE_XMLRPC, ~/.one/one_endpoint, /var/lib/one/.one/one_endpoint or http://localhost:2633/RPC2");

  static final ConfigKey<Path> AUTH_FILE =
      ConfigKey.path(
          "opennebula.auth-file",
          "file that holds user:password; without it ONE_AUTH, ~/.one/one_auth or /var/lib/one/.one/one_auth");

  static final ConfigKey<Boolean> PLAIN_HTTP =
      ConfigKey.flag(
              "opennebula.plain-http",
              "whether user and password may go over http, which anybody on the way can read, to another machine")
          .withDefault("false");

  static final ConfigKey<Path> TRUST_STORE =
      ConfigKey.path(
          "opennebula.trust-store",
          "certificates to trust instead of the JVM's: PEM, PKCS12 or JKS");

  static final ConfigKey<String> TRUST_STORE_PASSWORD =
      ConfigKey.text(
          "opennebula.trust-store-password", "password of the trust store, if it has one");

  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("opennebula.timeout", "how long one call may take").withDefault("60s");

  static final ConfigKey<Long> LONGEST_ANSWER =
      ConfigKey.size("opennebula.longest-answer", "how large an answer may be").withDefault("64M");

  static final ConfigKey<Integer> PAGE =
      ConfigKey.number("opennebula.page", "how many images are asked for at once", 10, 100_000)
          .withDefault("500");

  static final ConfigKey<Path> SPOOL =
      ConfigKey.path(
          "opennebula.spool",
          "directory for events that could not be handled; without it they are lost");

  static final List<ConfigKey<?>> ALL =
      Stream.of(
              List.<ConfigKey<?>>of(
                  ENDPOINT,
                  AUTH_FILE,
                  PLAIN_HTTP,
                  TRUST_STORE,
                  TRUST_STORE_PASSWORD,
                  TIMEOUT,
                  LONGEST_ANSWER,
                  PAGE),
              SiteOptions.KEYS,
              DiskPreparation.KEYS,
              List.<ConfigKey<?>>of(SPOOL))
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private OpenNebulaKeys() {}
}
