package io.overc.config;

import io.overc.error.ConfigException;
import io.overc.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds configuration values by key; what is not set has the default that its {@link ConfigKey}
 * documents.
 *
 * <p>Each key can be overridden by an environment variable, see {@link ConfigKey#variable}. An
 * empty value, in a file as in the environment, counts as not set. Immutable.
 */
public final class Config {
  private static final Config EMPTY = new Config(Map.of(), Map.of());

  private final Map<String, String> values;
  private final Map<String, String> environment;

  private Config(Map<String, String> values, Map<String, String> environment) {
    this.values = Map.copyOf(values);
    this.environment = Map.copyOf(environment);
  }

  /** {@return the configuration in which everything has its default} */
  public static Config empty() {
    return EMPTY;
  }

  /**
   * {@return a configuration with these values}
   *
   * @param values texts by key
   */
  public static Config of(Map<String, String> values) {
    return new Config(values, Map.of());
  }

  /**
   * {@return the same configuration, overridden by environment variables}
   *
   * @param variables an environment, such as {@link System#getenv()}
   */
  public Config withEnvironment(Map<String, String> variables) {
    Map<String, String> own = new TreeMap<>(variables);
    own.entrySet().removeIf(e -> !e.getKey().startsWith("OVERC_") || e.getValue().isEmpty());
    return new Config(values, own);
  }

  /**
   * {@return the same configuration with one value set}
   *
   * @param key the key
   * @param value the text of the value
   */
  public Config with(ConfigKey<?> key, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(key.name(), value);
    return new Config(more, environment);
  }

  /**
   * {@return the value of a key, or its default; empty where neither the configuration nor the key
   * has one}
   *
   * @param key the key
   * @param <T> the type of the value
   * @throws ConfigException if the value is not what the key asks for
   */
  public <T> Optional<T> find(ConfigKey<T> key) {
    try {
      return text(key).or(key::fallback).map(key::parse);
    } catch (IllegalArgumentException | InvalidArgumentException e) {
      throw new ConfigException(List.of(problem(key, e)));
    }
  }

  /**
   * {@return the value of a key that must have one}
   *
   * @param key the key
   * @param <T> the type of the value
   * @throws ConfigException if there is none, or it is not what the key asks for
   */
  public <T> T get(ConfigKey<T> key) {
    return find(key)
        .orElseThrow(
            () ->
                new ConfigException(
                    List.of("'" + key.name() + "' is not set (" + key.meaning() + ")")));
  }

  /**
   * {@return the keys that are set, without those that come from the environment; an immutable set}
   */
  public Set<String> names() {
    return values.keySet();
  }

  /**
   * Checks every value and that every key is known.
   *
   * @param known the keys there are
   * @throws ConfigException naming every unknown key and every bad value
   */
  public void check(Collection<ConfigKey<?>> known) {
    List<String> problems = new ArrayList<>();
    for (String name : new TreeSet<>(values.keySet())) {
      Optional<ConfigKey<?>> key =
          known.stream()
              .filter(k -> k.matches(name))
              .min(Comparator.comparing(ConfigKey::isPattern));
      if (key.isEmpty()) {
        problems.add(UnknownKey.describe(name, known));
      } else if (key.get().isPattern()) {
        collect(key.get().named(key.get().chosen(name)), problems);
      }
    }
    known.stream().filter(key -> !key.isPattern()).forEach(key -> collect(key, problems));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Returns the names of the keys that are set; values may be secret. */
  @Override
  public String toString() {
    return "Config" + new TreeSet<>(values.keySet());
  }

  private void collect(ConfigKey<?> key, List<String> problems) {
    try {
      text(key).ifPresent(key::parse);
    } catch (IllegalArgumentException | InvalidArgumentException e) {
      problems.add(problem(key, e));
    }
  }

  private Optional<String> text(ConfigKey<?> key) {
    return Optional.ofNullable(environment.get(key.variable()))
        .or(() -> Optional.ofNullable(values.get(key.name())))
        .filter(text -> !text.isEmpty());
  }

  private String problem(ConfigKey<?> key, RuntimeException e) {
    String where = environment.containsKey(key.variable()) ? " (from " + key.variable() + ")" : "";
    String is = key.isSecret() ? " is not usable" : " is '" + text(key).orElse("") + "'";
    return "'" + key.name() + "'" + is + where + ": " + e.getMessage();
  }
}
