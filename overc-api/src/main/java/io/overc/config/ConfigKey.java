package io.overc.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes one configuration key.
 *
 * <p>A name may hold one {@code *} that stands for a name the user chooses: {@code
 * template.*.backend} matches {@code template.web.backend}; {@link #named} gives the key for one
 * such name.
 *
 * @param <T> what the text of the value is turned into
 */
public final class ConfigKey<T> {
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z][a-z0-9-]*|\\*)(?:\\.(?:[a-z0-9][a-z0-9-]*|\\*))*");

  private final String name;
  private final String meaning;
  private final @Nullable String fallback;
  private final Function<String, T> parser;
  private final boolean secret;

  private ConfigKey(
      String name,
      String meaning,
      @Nullable String fallback,
      Function<String, T> parser,
      boolean secret) {
    this.name = name;
    this.meaning = meaning;
    this.fallback = fallback;
    this.parser = parser;
    this.secret = secret;
  }

  /**
   * Describes a key.
   *
   * @param name the key, lower case, parts divided by dots
   * @param meaning what it means, with its unit
   * @param parser turns the text into a value; throws IllegalArgumentException with a message that
   *     says what was expected
   * @param <T> the type of the value
   * @return the key, without a default
   * @throws IllegalArgumentException if the name is not one
   */
  public static <T> ConfigKey<T> of(String name, String meaning, Function<String, T> parser) {
    if (!NAME.matcher(name).matches() || name.indexOf('*') != name.lastIndexOf('*')) {
      throw new IllegalArgumentException(
          "Invalid key '"
              + name
              + "': expected lower-case words and at most one *, divided by dots");
    }
    return new ConfigKey<>(name, meaning, null, parser, false);
  }

  /**
   * {@return a key whose value is any text, without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<String> text(String name, String meaning) {
    return of(name, meaning, Function.identity());
  }

  /**
   * {@return a key whose value is a path, without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<Path> path(String name, String meaning) {
    return of(name, meaning, Values::path);
  }

  /**
   * {@return a key whose value is one of several words, without a default}
   *
   * @param name the key
   * @param meaning what it means; the words are added to it
   * @param choices the words
   */
  public static ConfigKey<String> choice(String name, String meaning, String... choices) {
    List<String> words = Arrays.asList(choices);
    String withWords = meaning + ": " + String.join(", ", words);
    return of(name, withWords, value -> Values.choice(value, words));
  }

  /**
   * {@return a key whose value is {@code true} or {@code false}, without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<Boolean> flag(String name, String meaning) {
    return of(name, meaning, Values::flag);
  }

  /**
   * {@return a key whose value is a time, for example {@code 500ms}, {@code 30s}, {@code 5m},
   * {@code 2h}, {@code 7d}, without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<Duration> duration(String name, String meaning) {
    return of(name, meaning, Values::duration);
  }

  /**
   * {@return a key whose value is a size in bytes, for example {@code 4096}, {@code 64K}, {@code
   * 10M}, {@code 2G} (powers of 1024), without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<Long> size(String name, String meaning) {
    return of(name, meaning, Values::size);
  }

  /**
   * {@return a key whose value is a whole number within bounds, without a default}
   *
   * @param name the key
   * @param meaning what it means
   * @param min the smallest allowed
   * @param max the largest allowed
   */
  public static ConfigKey<Integer> number(String name, String meaning, int min, int max) {
    return of(name, meaning, value -> Values.number(value, min, max));
  }

  /**
   * {@return a key whose value is a list divided by commas; blanks around the parts do not count,
   * without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<List<String>> list(String name, String meaning) {
    return of(name, meaning, Values::list);
  }

  /**
   * {@return a key whose value is a command or its arguments, divided by blanks; double quotes keep
   * blanks. No shell is involved, without a default}
   *
   * @param name the key
   * @param meaning what it means
   */
  public static ConfigKey<List<String>> arguments(String name, String meaning) {
    return of(name, meaning, Values::arguments);
  }

  /**
   * {@return the same key with a default}
   *
   * @param value the text to use where the configuration has none
   */
  public ConfigKey<T> withDefault(String value) {
    return new ConfigKey<>(name, meaning, value, parser, secret);
  }

  /** {@return the same key with a value that no message shows} */
  public ConfigKey<T> asSecret() {
    return new ConfigKey<>(name, meaning, fallback, parser, true);
  }

  /** {@return whether the value is a secret, which must not be shown} */
  public boolean isSecret() {
    return secret;
  }

  /**
   * {@return the key for one chosen name, without a wildcard}
   *
   * @param chosen what takes the place of the {@code *}
   */
  public ConfigKey<T> named(String chosen) {
    return new ConfigKey<>(name.replace("*", chosen), meaning, fallback, parser, secret);
  }

  /** {@return the key: lower case, parts divided by dots} */
  public String name() {
    return name;
  }

  /** {@return what the key means, for people} */
  public String meaning() {
    return meaning;
  }

  /**
   * {@return the default: the text that is used where the configuration has none, if there is one}
   */
  public Optional<String> fallback() {
    return Optional.ofNullable(fallback);
  }

  /**
   * {@return the environment variable that overrides the key: {@code btrfs.package-manager} is
   * {@code OVERC_BTRFS_PACKAGE_MANAGER}}
   */
  public String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return "OVERC_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * {@return whether this key describes a name: whether it is this key, or one of those its
   * wildcard stands for}
   *
   * @param candidate a key of a configuration
   */
  public boolean matches(String candidate) {
    return isPattern()
        ? candidate.length() > before().length() + after().length()
            && candidate.startsWith(before())
            && candidate.endsWith(after())
        : name.equals(candidate);
  }

  boolean isPattern() {
    return name.indexOf('*') >= 0;
  }

  /** Returns what the wildcard stands for in a name that {@link #matches}. */
  String chosen(String candidate) {
    return candidate.substring(before().length(), candidate.length() - after().length());
  }

  T parse(String value) {
    return parser.apply(value);
  }

  private String before() {
    return name.substring(0, name.indexOf('*'));
  }

  private String after() {
    return name.substring(name.indexOf('*') + 1);
  }
}
