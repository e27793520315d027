package io.overc.opennebula;

import io.overc.error.ConfigException;
import io.overc.internal.file.BoundedFiles;
import io.overc.internal.file.IoErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates a TLS context that trusts the certificates in a file, and no others. */
final class TrustStore {
  private static final int LARGEST = 16 << 20;

  private TrustStore() {}

  static SSLContext read(Path file, Optional<String> password) {
    try {
      byte[] content = BoundedFiles.read(file, LARGEST);
      KeyStore store = isPem(content) ? pem(content) : store(file, password);
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
                  "cannot read the trust store %s: %s; expected certificates as PEM, or a PKCS12 or JKS file and its password"
                      .formatted(file, IoErrors.reason(e))));
      exception.initCause(e);
      throw exception;
    }
  }

  private static boolean isPem(byte[] content) {
    return new String(content, 0, Math.min(content.length, 4096), StandardCharsets.ISO_8859_1)
        .contains("-----BEGIN CERTIFICATE-----");
  }

  private static KeyStore pem(byte[] content) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content))) {
      store.setCertificateEntry("certificate-" + number++, certificate);
    }
    return store;
  }

  private static KeyStore store(Path file, Optional<String> password)
      throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(
        file.toFile(), password.map(String::toCharArray).orElseGet(() -> new char[0]));
  }
}
