package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import io.overc.Overc;
import io.overc.config.Config;
import io.overc.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Keeps docs/configuration.md in step with the keys that the backends declare. */
class ConfigurationPageTest {
  private static final String PAGE = "docs/configuration.md";
  private static final String BEGIN =
      "<!-- The keys below are written by ConfigurationPageTest from what the backends declare."
          + " -->\n";

  @Test
  @DisplayName("docs/configuration.md has every key with its default and its meaning")
  void pageIsInStep() throws IOException {
    String page = Repository.read(PAGE);
    String byHand = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    String wanted =
        byHand + tables(Overc.builder().config(Config.empty()).classLoader(loader()).load().keys());
    if (!page.equals(wanted)) {
      Files.writeString(Repository.file(PAGE), wanted);
    }
    assertThat(page)
        .as("%s was not in step with the keys; it is now: look at it and commit it", PAGE)
        .isEqualTo(wanted);
  }

  /** The real backends only: this page is not about what the tests pretend. */
  private static ClassLoader loader() {
    return new OnlyRealBackends();
  }

  private static String tables(List<ConfigKey<?>> keys) {
    Map<String, List<ConfigKey<?>>> families = new TreeMap<>();
    for (ConfigKey<?> key : keys) {
      String family = key.name().substring(0, key.name().indexOf('.'));
      families.computeIfAbsent(family, name -> new ArrayList<>()).add(key);
    }
    StringBuilder text = new StringBuilder();
    families.forEach(
        (family, members) -> {
          text.append("\n## ").append(family).append("\n\n");
          text.append("| Key | Default | Meaning |\n|---|---|---|\n");
          members.forEach(key -> text.append(row(key)));
        });
    return text.toString();
  }

  private static String row(ConfigKey<?> key) {
    String fallback =
        key.fallback().filter(value -> !value.isEmpty()).map(value -> "`" + value + "`").orElse("");
    return "| `" + key.name() + "` | " + fallback + " | " + cell(key.meaning()) + " |\n";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
