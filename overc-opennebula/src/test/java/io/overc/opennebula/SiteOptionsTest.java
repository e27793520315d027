package io.overc.opennebula;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.error.ConfigException;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageOutcome;
import io.overc.opennebula.frontend.Admin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteOptionsTest {
  @TempDir private Path directory;
  private Site site;
  private Admin admin;

  @BeforeEach
  void setUp() {
    site = new Site(directory);
    admin = site.frontEnd().admin();
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  @Test
  @DisplayName("Overc finds the handler by its id")
  void found() {
    assertThat(Overc.load(site.config()).imageListHandler("opennebula"))
        .isInstanceOf(OpenNebulaImageListHandler.class);
    assertThat(Overc.load(site.config()).diagnose())
        .anyMatch(d -> d.id().equals("opennebula") && d.availability().usable());
  }

  @Test
  @DisplayName("attributes, format attributes and first permissions come from the configuration")
  void template() {
    site.set("opennebula.attribute.DEV_PREFIX", "vd")
        .set("opennebula.attribute.LABELS", "a \"b\", c")
        .set("opennebula.format-attributes", "FORMAT, DRIVER")
        .set("opennebula.first-permissions", "640");
    site.handle(site.available(ID, "one"));
    assertThat(site.current().attribute("DEV_PREFIX")).isEqualTo("vd");
    assertThat(site.current().attribute("LABELS")).isEqualTo("a \"b\", c");
    assertThat(site.current().attribute("DRIVER")).isEqualTo("raw");
    assertThat(site.current().format()).isEqualTo("raw");
    assertThat(site.current().access()).isEqualTo("0:0 640");
  }

  @Test
  @DisplayName("the images of a VO go to its group and its datastore")
  void vo() {
    int group = admin.group("egi");
    site.set("opennebula.vo.vo.example.org.group", "egi")
        .set("opennebula.vo.vo.example.org.datastore", "1")
        .set("opennebula.datastore", "99");
    site.handle(site.available(ID, "one").with("VO", "vo.example.org"));
    assertThat(site.current().access()).isEqualTo("0:" + group + " 600");
    site.set("opennebula.vo.vo.example.org.group", "nobody");
    assertThatThrownBy(() -> site.handle(site.available("x", "x").with("VO", "vo.example.org")))
        .hasMessageContaining("no group 'nobody'; it has egi, oneadmin, users");
  }

  @Test
  @DisplayName("datastore and group can be chosen for each event by the program")
  void strategies() {
    int group = admin.group("egi");
    site.builder()
        .datastore(event -> "default")
        .group(event -> event.find("VO").map(vo -> "egi"))
        .build()
        .handle(site.available(ID, "one").with("VO", "any"), OperationOptions.defaults());
    assertThat(site.current().access()).isEqualTo("0:" + group + " 600");
  }

  @Test
  @DisplayName("the ending of the time stamp can be chosen")
  void ending() {
    site.set("opennebula.timestamp-ending", "_Z");
    site.handle(site.available(ID, "one"));
    site.handle(site.expired(ID));
    assertThat(site.image(0).name()).matches(ID + "_EXPIRED_[-_\\d]{19}_Z");
  }

  @Test
  @DisplayName("an expiry that was postponed is done by a replay, unless the image came back")
  void grace() {
    site.set("opennebula.expiry-grace", "5s");
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Clock later = Clock.fixed(now.plusSeconds(6), ZoneOffset.UTC);
    site.handle(site.available(ID, "one"));
    site.handle(site.available("stays", "stays"));
    for (String identifier : List.of(ID, "stays")) {
      ImageOutcome outcome =
          site.builder()
              .clock(Clock.fixed(now, ZoneOffset.UTC))
              .build()
              .handle(site.expired(identifier), OperationOptions.defaults());
      assertThat(((ImageOutcome.ExpiryPostponed) outcome).until()).isEqualTo(now.plusSeconds(5));
    }
    assertThat(
            site.builder()
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build()
                .handle(site.available("stays", "stays"), OperationOptions.defaults()))
        .isInstanceOf(ImageOutcome.Unchanged.class);
    assertThat(site.builder().clock(later).build().replay(OperationOptions.defaults())).hasSize(1);
    assertThat(admin.named(ID)).isEmpty();
    assertThat(site.image(0).name()).isEqualTo(ID + "_EXPIRED_2026-01-01_00-00-06_+0000-UTC");
    assertThat(admin.named("stays")).hasSize(1);
    assertThat(site.builder().clock(later).build().replay(OperationOptions.defaults())).isEmpty();
  }

  @Test
  @DisplayName("an image that is still subscribed to does not expire, others do at once")
  void subscribed() throws IOException {
    Path list = Files.writeString(directory.resolve("subscribed"), ID + "\n");
    site.set("opennebula.expiry-grace", "10m").set("opennebula.subscribed-file", list.toString());
    site.handle(site.available(ID, "one"));
    assertThat(site.handle(site.expired(ID))).isInstanceOf(ImageOutcome.Ignored.class);
    assertThat(site.current().id()).isZero();
    Files.writeString(list, "another\n");
    assertThat(site.handle(site.expired(ID))).isInstanceOf(ImageOutcome.Expired.class);
    site.handle(site.available("x", "x"));
    ImageEvent expiry = site.expired("x");
    assertThat(
            site.builder()
                .subscribed(id -> true)
                .build()
                .handle(expiry, OperationOptions.defaults()))
        .isInstanceOf(ImageOutcome.Ignored.class);
  }

  @Test
  @DisplayName("endpoint and credentials are found where the one* commands find them")
  void oneEnvironment() throws IOException {
    Path home = Files.createDirectories(directory.resolve("home/user/.one"));
    Path system = Files.createDirectories(directory.resolve("var/lib/one/.one"));
    Map<String, String> variables = Map.of("HOME", directory.resolve("home/user").toString());
    OneEnvironment one = new OneEnvironment(variables, directory);
    assertThat(one.endpoint(Optional.empty())).isEqualTo(URI.create("http://localhost:2633/RPC2"));
    assertThatThrownBy(() -> one.session(Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ONE_AUTH");
    Files.writeString(system.resolve("one_endpoint"), "http://system:2633/RPC2\n");
    Files.writeString(system.resolve("one_auth"), "system:pw\n");
    assertThat(one.endpoint(Optional.empty()).getHost()).isEqualTo("system");
    assertThat(one.session(Optional.empty())).isEqualTo("system:pw");
    Files.writeString(home.resolve("one_endpoint"), "http://home:2633/RPC2\n");
    Files.writeString(home.resolve("one_auth"), "home:pw\n");
    assertThat(one.endpoint(Optional.empty()).getHost()).isEqualTo("home");
    assertThat(one.session(Optional.empty())).isEqualTo("home:pw");
    Path named = Files.writeString(directory.resolve("named"), "named:p:w\n");
    OneEnvironment set =
        new OneEnvironment(
            Map.of("ONE_XMLRPC", "https://set/RPC2", "ONE_AUTH", named.toString()), directory);
    assertThat(set.endpoint(Optional.empty()).getHost()).isEqualTo("set");
    assertThat(set.session(Optional.empty())).isEqualTo("named:p:w");
    assertThat(set.endpoint(Optional.of("http://given/RPC2")).getHost()).isEqualTo("given");
    Files.writeString(named, "secret-without-user");
    assertThatThrownBy(() -> set.session(Optional.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageNotContaining("secret-without-user");
    assertThatThrownBy(() -> set.endpoint(Optional.of("ftp://x")))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  @DisplayName("credentials go over plain http to this machine only, unless that is allowed")
  void plainHttp() {
    OneEnvironment one = new OneEnvironment(Map.of(), directory);
    for (String here : List.of("http://localhost/x", "http://127.0.0.1:1/", "http://[::1]/")) {
      assertThat(one.endpoint(Optional.of(here), false)).hasToString(here);
    }
    assertThat(one.endpoint(Optional.of("https://cloud/"), false)).hasToString("https://cloud/");
    assertThat(one.endpoint(Optional.of("http://cloud/"), true)).hasToString("http://cloud/");
    for (String there : List.of("cloud", "localhost.evil.org", "127.0.0.1.evil.org", "10.0.0.1")) {
      assertThatThrownBy(
              () -> one.endpoint(Optional.of("http://me:pw@" + there + "/RPC2?key=k"), false))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("http://***@" + there + "/RPC2?***: user and password would")
          .hasMessageContaining("set opennebula.plain-http=true");
    }
    Site remote = site.set("opennebula.endpoint", "http://cloud.example/RPC2");
    assertThatThrownBy(remote::handler).hasMessageContaining("unencrypted");
  }

  @Test
  @DisplayName("bad values are all named at once")
  void badValues() {
    Config config =
        site.set("opennebula.first-permissions", "644")
            .set("opennebula.convert", "qcow2, floppy")
            .set("opennebula.timestamp-ending", "a:b")
            .set("opennebula.datastor", "x")
            .config();
    assertThatThrownBy(() -> Overc.load(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected 0 as the last digit")
        .hasMessageContaining("qcow2, vmdk")
        .hasMessageContaining("timestamp-ending")
        .hasMessageContaining("opennebula.datastore");
    Site other = site.set("opennebula.convert", "").set("opennebula.first-permissions", "600");
    other.set("opennebula.timestamp-ending", "").set("opennebula.attribute.PATH", "/etc/shadow");
    assertThatThrownBy(other::handler)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("opennebula.attribute.PATH");
  }
}
