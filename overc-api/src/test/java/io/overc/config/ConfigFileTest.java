package io.overc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final ConfigKey<String> KEY = ConfigKey.text("a.b", "a text");

  @TempDir private Path directory = Path.of("unset");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The configuration cannot be used: cannot read %s: %s; name a readable properties file"
                .formatted(file, reason));
  }

  @Test
  @DisplayName("reads UTF-8 and leaves out blanks around values")
  void readsUtf8() throws IOException {
    Path file = file("f", "# comment\na.b =  Grüße ✓  \nc.d=\n");
    Config config = ConfigFile.read(file);
    assertThat(config.get(KEY)).isEqualTo("Grüße ✓");
    assertThat(config.names()).containsExactlyInAnyOrder("a.b", "c.d");
  }

  @Test
  @DisplayName("a key set twice is refused without showing the values, unless they are the same")
  void duplicateKeys() throws IOException {
    assertUnreadable(file("f", "a.b=1\na.b=2\n"), "'a.b' is set twice, to different values");
    assertThat(ConfigFile.read(file("g", "a.b=1\na.b=1\n")).get(KEY)).isEqualTo("1");
  }

  @Test
  @DisplayName("missing, directory, no UTF-8, malformed escape: each says which")
  void unreadable() throws IOException {
    assertUnreadable(directory.resolve("gone"), "it does not exist");
    assertUnreadable(directory, "Is a directory");
    assertUnreadable(file("escape", "a.b=\\u12\n"), "Malformed \\uxxxx encoding.");
    Path latin = directory.resolve("latin");
    Files.write(latin, "a.b=Gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertUnreadable(latin, "it is not in UTF-8");
  }

  @Test
  @DisplayName("the named file comes before the variable's, that before the standard one")
  void locates() throws IOException {
    Path named = file("named", "a.b=named");
    Path variable = file("variable", "a.b=variable");
    Path standard = file("standard", "a.b=standard");
    Map<String, String> environment = Map.of(ConfigFile.VARIABLE, variable.toString());
    assertThat(ConfigFile.locate(named, environment, standard).get(KEY)).isEqualTo("named");
    assertThat(ConfigFile.locate(null, environment, standard).get(KEY)).isEqualTo("variable");
    assertThat(ConfigFile.locate(null, Map.of(), standard).get(KEY)).isEqualTo("standard");
    assertThat(ConfigFile.locate(null, Map.of(), directory.resolve("gone")).names()).isEmpty();
    assertThat(ConfigFile.locate(named, Map.of("OVERC_A_B", "env"), standard).get(KEY))
        .isEqualTo("env");
  }

  @Test
  @DisplayName("a variable that names a missing file or no path fails")
  void badVariable() {
    Path gone = directory.resolve("gone");
    assertThatThrownBy(
            () -> ConfigFile.locate(null, Map.of(ConfigFile.VARIABLE, gone.toString()), gone))
        .hasMessageContaining("cannot read " + gone + ": it does not exist");
    assertThatThrownBy(() -> ConfigFile.locate(null, Map.of(ConfigFile.VARIABLE, "a\0"), gone))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("OVERC_CONFIG names an invalid path");
  }
}
