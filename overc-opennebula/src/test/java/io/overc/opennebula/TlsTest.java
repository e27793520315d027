package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.error.UnavailableException;
import io.overc.exec.Command;
import io.overc.exec.CommandRunner;
import io.overc.image.ImageEvent;
import io.overc.opennebula.frontend.FrontEnd;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  @Test
  @DisplayName("a front-end with TLS is reached with a given trust store, and only with it")
  void trustStore() throws Exception {
    Path store = directory.resolve("store.p12");
    Path pem = directory.resolve("ca.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "x",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "x",
        "-keystore",
        store.toString(),
        "-file",
        pem.toString());
    try (FrontEnd frontEnd = FrontEnd.start(context(store))) {
      Path auth = Files.writeString(directory.resolve("auth"), FrontEnd.ONEADMIN);
      Map<String, String> settings = new HashMap<>();
      settings.put("opennebula.endpoint", frontEnd.endpoint());
      settings.put("opennebula.auth-file", auth.toString());
      ImageEvent event = ImageEvent.of("ExpirePostfix", "x");
      assertThatThrownBy(() -> plan(settings, event))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("PKIX");
      settings.put("opennebula.trust-store", pem.toString());
      assertThat(plan(settings, event)).contains("no current image");
      settings.put("opennebula.trust-store", store.toString());
      settings.put("opennebula.trust-store-password", PASSWORD);
      assertThat(plan(settings, event)).contains("no current image");
      settings.put("opennebula.trust-store-password", "wrong-password");
      assertThatThrownBy(() -> plan(settings, event))
          .isInstanceOf(ConfigException.class)
          .hasMessageNotContaining("wrong-password");
    }
  }

  private static String plan(Map<String, String> settings, ImageEvent event) {
    return OpenNebulaImageListHandler.builder()
        .config(Config.of(settings))
        .environment(Map.of())
        .build()
        .plan(event)
        .summary();
  }

  private static void keytool(String... arguments) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Command command =
        Command.of(tool, arguments).arguments("-storepass", PASSWORD).arguments("-v").build();
    CommandRunner.system().run(command).orThrow("make a certificate");
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
