package io.overc.examples.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.engine.ManagedContainerDriver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramDriverProviderTest {
  @TempDir Path home;

  @Test
  @DisplayName("OverC finds the driver by its id and by a template that names it")
  void found() {
    Map<String, String> values =
        Map.of("program.dir", home.toString(), "template.web.backend", "program");
    Overc overc = Overc.load(Config.of(values));
    assertThat(overc.containerDriver("program")).isInstanceOf(ManagedContainerDriver.class);
    assertThat(overc.containerDriver("web")).isInstanceOf(ManagedContainerDriver.class);
  }
}
