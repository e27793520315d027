package io.overc.examples.vmcatcher;

import static io.overc.opennebula.Site.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.overc.examples.console.testkit.RecordedTerminal;
import io.overc.image.ImageEvent;
import io.overc.opennebula.Site;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventHandlerCommandTest {
  @TempDir private Path directory;
  private Site site;
  private RecordedTerminal terminal = new RecordedTerminal();
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void setUp() {
    site = new Site(directory).set("opennebula.spool", directory.resolve("spool").toString());
  }

  @AfterEach
  void tearDown() {
    site.close();
  }

  private int run(ImageEvent event, String... arguments) {
    terminal = new RecordedTerminal();
    environment.keySet().removeIf(name -> name.startsWith("VMCATCHER_"));
    environment.putAll(event.variables());
    environment.put("OVERC_CONFIG", config().toString());
    return EventHandlerCommand.program()
        .on(terminal.terminal(OptionalInt.empty(), environment))
        .run(arguments);
  }

  private Path config() {
    Path file = directory.resolve("overc.properties");
    Properties properties = new Properties();
    properties.putAll(site.settings());
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  @Test
  @DisplayName("0: an image is registered, the same one again unchanged, another event ignored")
  void done() {
    assertThat(run(site.available(ID, "one"), "--json")).isZero();
    assertThat(terminal.out()).contains("\"outcome\" : \"registered\"", "\"image\" : \"0\"");
    assertThat(site.current().state()).isEqualTo("READY");
    assertThat(run(site.available(ID, "one"))).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("AvailablePostfix of " + ID + ": unchanged, image 0");
    assertThat(run(ImageEvent.of("ProcessPrefix", ID), "--json")).isZero();
    assertThat(terminal.out()).contains("\"outcome\" : \"ignored\"");
    assertThat(run(site.expired(ID), "--json")).isZero();
    assertThat(terminal.out()).contains("\"outcome\" : \"expired\"", ID + "_EXPIRED_");
  }

  @Test
  @DisplayName("1: what fails is kept, and --replay handles it")
  void keptAndReplayed() {
    site.frontEnd().admin().full(true);
    assertThat(run(site.available(ID, "one"))).isEqualTo(1);
    assertThat(terminal.err()).contains("Not enough space", "kept in");
    assertThat(run(ImageEvent.of("x", "x"), "--replay")).isEqualTo(1);
    site.frontEnd().admin().full(false);
    assertThat(run(ImageEvent.of("x", "x"), "--replay", "--json")).isZero();
    assertThat(terminal.out()).contains("\"outcome\" : \"registered\"");
    assertThat(site.current().state()).isEqualTo("READY");
  }

  @Test
  @DisplayName("1: a refusal of the cloud without a spool is a failure too, not 3")
  void refusedWithoutSpool() {
    site.set("opennebula.spool", directory.resolve("other").toString());
    site.set("opennebula.datastore", "99");
    assertThat(run(site.available(ID, "one"))).isEqualTo(1);
  }

  @Test
  @DisplayName("2: the image or the configuration is refused")
  void refused() {
    assertThat(run(site.available(ID, "one").with("HV_SIZE", "4711"))).isEqualTo(2);
    assertThat(terminal.err()).contains("HV_SIZE");
    assertThat(run(site.available(ID, "one").with("FILENAME", "gone"))).isEqualTo(2);
    assertThat(run(site.available(ID, "one").with("HV_SIZE", "many"))).isEqualTo(2);
    site.set("opennebula.datastor", "x");
    assertThat(run(site.available(ID, "one"))).isEqualTo(2);
    assertThat(terminal.err()).contains("opennebula.datastore");
  }

  @Test
  @DisplayName("3: a variable the event needs is empty")
  void incomplete() {
    assertThat(run(new ImageEvent(new TreeMap<>()))).isEqualTo(3);
    assertThat(terminal.err()).contains("VMCATCHER_EVENT_TYPE is empty");
    assertThat(run(site.available(ID, "one").with("SL_CHECKSUM_SHA512", ""))).isEqualTo(3);
    assertThat(run(ImageEvent.of("ExpirePostfix", ""))).isEqualTo(3);
  }

  @Test
  @DisplayName("--dry-run says what would be done, and does nothing")
  void dryRun() {
    assertThat(run(site.available(ID, "one"), "--dry-run")).isZero();
    assertThat(terminal.out()).contains("A first image would be registered", "  register ");
    assertThat(run(site.available(ID, "one"), "--dry-run", "--json")).isZero();
    assertThat(terminal.out()).contains("\"steps\"");
    assertThat(site.frontEnd().admin().images()).isEmpty();
    assertThat(directory.resolve("spool")).doesNotExist();
  }

  @Test
  @DisplayName("the log goes to -o FILE, or to the file VMCHNDL_ON_LOG_FILE names")
  void log() throws IOException {
    Path log = directory.resolve("log");
    environment.put("VMCHNDL_ON_LOG_FILE", log.toString());
    assertThat(run(site.available(ID, "one"))).isZero();
    assertThat(terminal.err()).isEmpty();
    assertThat(Files.readString(log))
        .containsPattern(
            "(?m)^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ AvailablePostfix of .*registered");
    Path other = directory.resolve("other-log");
    assertThat(run(site.available(ID, "two").with("HV_SIZE", "1"), "-o", other.toString()))
        .isEqualTo(2);
    assertThat(Files.readString(other)).contains("error: The image file");
    assertThat(run(site.expired(ID), "-o", directory.toString())).isEqualTo(2);
  }
}
