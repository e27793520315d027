package io.overc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.config.Config;
import io.overc.error.BackendException;
import io.overc.error.ConfigException;
import io.overc.error.InvalidArgumentException;
import io.overc.script.ScriptContainerDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  @TempDir Path scripts;

  @BeforeEach
  void script() throws IOException {
    Files.writeString(scripts.resolve("site"), "#!/bin/sh\n");
  }

  @Test
  @DisplayName("a template that the configuration does not define is a site script")
  void siteScript() {
    assertThat(overc(Map.of()).containerDriver("site")).isInstanceOf(ScriptContainerDriver.class);
    assertThat(overc(Map.of()).templates()).contains("script", "site");
  }

  @Test
  @DisplayName("a template of the configuration wins, by the backend it names")
  void configured() {
    Overc overc = overc(Map.of("template.web.backend", "script"));
    assertThat(overc.containerDriver("web")).isInstanceOf(ScriptContainerDriver.class);
    assertThatThrownBy(
            () -> overc(Map.of("template.site.backend", "nothere")).containerDriver("site"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("nothere");
  }

  @Test
  @DisplayName("an unknown template lists those there are and both fixes")
  void unknown() {
    assertThatThrownBy(() -> overc(Map.of()).containerDriver("web"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("site")
        .hasMessageContaining("template.web.backend")
        .hasMessageContaining("script.dir");
    assertThatThrownBy(() -> overc(Map.of("template.web.image", "/x")).containerDriver("web"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("but not template.web.backend");
    assertThatThrownBy(() -> overc(Map.of()).containerDriver("../web"))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  @DisplayName("a misspelled key of a template is found when the configuration is read")
  void misspelled() {
    assertThatThrownBy(() -> overc(Map.of("template.web.imagee", "/x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("template.web.imagee");
  }

  private Overc overc(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("script.dir", scripts.toString());
    return Overc.load(Config.of(all));
  }
}
