package io.overc.opennebula;

import io.overc.error.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context that trusts the certificates in a file, and nobody else. */
final class TrustStore {
  private TrustStore() {}

  static SSLContext read(Path file, Optional<String> password) {
    try {
      KeyStore store = isPem(file) ? pem(file) : store(file, password);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      ConfigException exception =
          new ConfigException(
              List.of(
                  "cannot read the trust store "
                      + file
                      + ": "
                      + e
                      + "; expected certificates as PEM, or a PKCS12 or JKS file and its password"));
      exception.initCause(e);
      throw exception;
    }
  }

  private static boolean isPem(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1)
          .contains("-----BEGIN CERTIFICATE-----");
    }
  }

  private static KeyStore pem(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("certificate-" + number++, c);
      }
    }
    return store;
  }

  private static KeyStore store(Path file, Optional<String> password)
      throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(
        file.toFile(), password.map(String::toCharArray).orElseGet(() -> new char[0]));
  }
}
