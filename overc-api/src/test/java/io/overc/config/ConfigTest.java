package io.overc.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.overc.error.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static final ConfigKey<Boolean> FLAG = ConfigKey.flag("btrfs.flag", "a flag");
  private static final ConfigKey<String> MANAGER =
      ConfigKey.choice("btrfs.package-manager", "which", "auto", "dnf").withDefault("auto");
  private static final ConfigKey<Integer> COUNT =
      ConfigKey.number("template.*.count", "how many", 1, 9);
  private static final ConfigKey<String> PASSWORD =
      ConfigKey.<String>of(
              "one.password",
              "secret",
              text -> {
                throw new IllegalArgumentException("expected user:password");
              })
          .asSecret();
  private static final List<ConfigKey<?>> ALL = List.of(FLAG, MANAGER, COUNT);

  private static List<String> problems(Config config, List<ConfigKey<?>> known) {
    return catchThrowableOfType(ConfigException.class, () -> config.check(known)).problems();
  }

  @Test
  @DisplayName("a value that is not set, or empty, has its default")
  void defaults() {
    assertThat(Config.empty().get(MANAGER)).isEqualTo("auto");
    assertThat(Config.of(Map.of("btrfs.package-manager", "")).get(MANAGER)).isEqualTo("auto");
    assertThat(Config.empty().find(FLAG)).isEmpty();
    assertThatThrownBy(() -> Config.empty().get(FLAG))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The configuration cannot be used: 'btrfs.flag' is not set (a flag)");
  }

  @Test
  @DisplayName("an environment variable overrides a value; an empty one does not")
  void environmentOverrides() {
    Config config = Config.empty().with(MANAGER, "dnf");
    assertThat(MANAGER.variable()).isEqualTo("OVERC_BTRFS_PACKAGE_MANAGER");
    assertThat(config.withEnvironment(Map.of(MANAGER.variable(), "auto")).get(MANAGER))
        .isEqualTo("auto");
    assertThat(config.withEnvironment(Map.of(MANAGER.variable(), "")).get(MANAGER))
        .isEqualTo("dnf");
    assertThat(config.withEnvironment(Map.of("BTRFS_PACKAGE_MANAGER", "auto")).get(MANAGER))
        .isEqualTo("dnf");
    assertThat(config.names()).containsExactly("btrfs.package-manager");
  }

  @Test
  @DisplayName("every unknown key and every bad value is named at once, with where it comes from")
  void allProblemsAtOnce() {
    Config config =
        Config.of(
                Map.of(
                    "btrfs.flag", "yes",
                    "btrfs.pakage-manager", "dnf",
                    "template.web.count", "10",
                    "template.web.cuont", "1",
                    "docker.x", "1",
                    "whatever", "1"))
            .withEnvironment(Map.of("OVERC_BTRFS_PACKAGE_MANAGER", "yum"));
    assertThat(problems(config, ALL))
        .containsExactlyInAnyOrder(
            "'btrfs.flag' is 'yes': expected one of true, false",
            "'btrfs.package-manager' is 'yum' (from OVERC_BTRFS_PACKAGE_MANAGER): expected one of auto, dnf",
            "'btrfs.pakage-manager' is not a known key (did you mean 'btrfs.package-manager'?)",
            "'template.web.count' is '10': expected a whole number from 1 to 9",
            "'template.web.cuont' is not a known key (did you mean 'template.web.count'?)",
            "'docker.x' belongs to io.overc:overc-docker, which is not on the class path",
            "'whatever' is not a known key");
    Config.of(Map.of("template.a.b.count", "9", "btrfs.flag", "true")).check(ALL);
  }

  @Test
  @DisplayName("a wildcard stands for one chosen name, from a file or from the environment")
  void wildcards() {
    Config config =
        Config.of(Map.of("template.web.count", "3"))
            .withEnvironment(Map.of("OVERC_TEMPLATE_DB_COUNT", "4"));
    assertThat(config.get(COUNT.named("web"))).isEqualTo(3);
    assertThat(config.get(COUNT.named("db"))).isEqualTo(4);
    assertThat(COUNT.matches("template.web.count")).isTrue();
    assertThat(COUNT.matches("template..count")).isFalse();
    assertThat(COUNT.matches("template.count")).isFalse();
    assertThat(COUNT.matches("template.web.counts")).isFalse();
  }

  @Test
  @DisplayName("a key that is spelt out counts before one with a wildcard")
  void exactKeyBeforeWildcard() {
    ConfigKey<String> exact = ConfigKey.text("template.any.count", "text");
    Config.of(Map.of("template.any.count", "many")).check(List.of(COUNT, exact));
  }

  @Test
  @DisplayName("a secret shows in no problem")
  void secretIsNotShown() {
    Config config = Config.empty().with(PASSWORD, "hunter2");
    assertThat(problems(config, List.of(PASSWORD)))
        .containsExactly("'one.password' is not usable: expected user:password");
    assertThatThrownBy(() -> config.get(PASSWORD)).hasMessageNotContaining("hunter2");
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("a name that could never be set is refused where it is declared")
  void badNames() {
    for (String name : List.of("", "Btrfs.root", "a b", "a..b", ".a", "a.", "*.*", "a.b*", "a_b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigKey.text(name, "bad"))
          .withMessageStartingWith("Invalid key '" + name);
    }
  }
}
