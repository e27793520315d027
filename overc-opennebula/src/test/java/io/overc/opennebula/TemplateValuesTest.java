package io.overc.opennebula;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.image.ImageEvent;
import io.overc.opennebula.frontend.Image;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateValuesTest {
  @TempDir private Path directory;

  static String[] values() {
    return new String[] {
      "a \"quoted\" word\"",
      "x\"\nSOURCE=\"/etc/shadow\"\nPUBLIC=\"YES",
      "two\nlines\r\nand\ra tab\t.",
      "]]></DC_TITLE><PATH>/etc/shadow</PATH><![CDATA[",
      "]]>",
      "ends with a backslash \\",
      "<TEMPLATE><PATH>/etc/shadow</PATH></TEMPLATE>",
      "&amp; &lt; &#10; &nbsp; %s $X `id`",
      "Grüße, 日本語, \uD83D\uDE00",
      "  blanks around  ",
      "=[,]",
      "0123456789".repeat(1024)
    };
  }

  @ParameterizedTest
  @MethodSource("values")
  @DisplayName("a value arrives unchanged and injects nothing")
  void arrives(String value) {
    try (Site site = new Site(directory)) {
      ImageEvent event =
          site.available(Site.ID, "one").with("DC_TITLE", value).with("DC_DESCRIPTION", value);
      site.handle(event);
      Image image = site.current();
      assertThat(image.attribute("VMCATCHER_EVENT_DC_TITLE")).isEqualTo(value);
      assertThat(image.attribute("DESCRIPTION")).isEqualTo(value);
      assertThat(image.path()).isEqualTo(event.file().toString());
      assertThat(image.attribute("SOURCE")).isEmpty();
      assertThat(image.attribute("PUBLIC")).isEmpty();
      assertThat(image.access()).isEqualTo("0:0 600");
      // What the cloud says of the value is read back as well: the same event is known again.
      assertThat(site.handle(event)).isNotNull();
      assertThat(site.frontEnd().admin().images()).hasSize(1);
    }
  }
}
