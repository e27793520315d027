package io.overc.servicepack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the keys in a pack's variables")
class ServiceEnvironmentTest {
  private static final Map<String, String> KNOWN =
      Map.of("%IP", "10.0.0.2", "%IP{redis}", "10.0.0.3", "%NAME", "$1\\x");

  private static ServiceEnvironment resolve(String template) {
    return ServiceEnvironment.resolve(
        List.of(new PackVariable("V", template)), key -> Optional.ofNullable(KNOWN.get(key)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "%IP, 10.0.0.2",
    "http://%IP:80/%IP, http://10.0.0.2:80/10.0.0.2",
    "%IP{redis}:6379, 10.0.0.3:6379",
    "%IP{}, 10.0.0.2{}",
    "{%IP}, {10.0.0.2}",
    "100% %d %% %ip, 100% %d %% %ip",
    "%NAME, $1\\x",
  })
  @DisplayName("are filled in, and what is no key stays")
  void known(String template, String value) {
    assertThat(resolve(template).lines()).containsExactly("V=" + value);
    assertThat(resolve(template).unknownKeys()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"%IPX, %IPX", "a%HOST_1b, %HOST_1", "%IP{absent}, %IP{absent}"})
  @DisplayName("stay and are reported where nobody knows them")
  void unknown(String template, String key) {
    assertThat(resolve(template).lines()).containsExactly("V=" + template);
    assertThat(resolve(template).unknownKeys()).containsExactly(key);
  }

  @Test
  @DisplayName("secrets show their names only, and must be one line")
  void secrets() {
    Secrets secrets = Secrets.of(Map.of("PASSWORD", "hidden"));
    assertThat(secrets).hasToString("Secrets[PASSWORD]");
    assertThatThrownBy(() -> Secrets.of(Map.of("PASSWORD", "hid\nden")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("PASSWORD")
        .hasMessageNotContaining("hid");
  }
}
